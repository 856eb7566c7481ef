#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cell/arguments.h"
#include "cell/stamps.h"
#include "cell/witness.h"
#include "runoff/backend.h"
#include "runoff/started.h"
#include "runoff/workload_plugin.h"

namespace runoff::cell {

/// The workload over its memory, witnessed, and what a backend may ask of this process. Every process that
/// works on a cell makes one, and all make the same claims in the same order.
class CellHost final : public Host {
 public:
  CellHost(const Arguments& arguments, const WorkloadPlugin& plugin);

  Memory& memory() override { return memory_; }
  std::vector<std::string> follower_command(std::span<const std::string> arguments) const override;
  std::span<const std::string> follower_arguments() const override { return arguments_.follow; }
  std::string workload_module() const override { return arguments_.workload; }
  const Parameters& workload_parameters() const override { return parameters_; }
  std::vector<int> cores() const override { return witness_.cores(); }
  Seen look() override { return witness_.look(); }
  Usage usage() override;
  /// See Witness.
  void leave_placing() { witness_.leave_placing(); }
  /// See Witness. `cores`: whether a worker must be where it was placed.
  std::string breach(bool cores) { return witness_.breach(cores); }
  /// Whether a worker lives in a process that is no descendant of this one: what it uses would not be
  /// counted.
  bool is_any_worker_outside();

  /// Null where nothing is to be stamped.
  Stamps* stamps() { return stamps_ ? &*stamps_ : nullptr; }

  /// The workload as backends see it.
  const Workload& workload() const { return *witnessed_; }
  Results results() const { return results_; }

  /// Inputs that workers are to write: by this process alone, or by the workers of a backend that was started
  /// and whose workers share memory. Nothing where the workload wrote its inputs already.
  void fill_here();
  void fill_by(const Started& started);

  /// See Witness: of one execution.
  void watch_order(bool on) { witness_.begin(on ? Witness::Pass::watch : Witness::Pass::run); }

 private:
  const Independent* filled_in_parts() const;  // null where it is not

  const Arguments& arguments_;
  Parameters parameters_;
  Memory memory_;
  std::unique_ptr<Workload> workload_;
  Results results_;
  Witness witness_;
  std::optional<Stamps> stamps_;
  std::unique_ptr<Workload> stamped_;  // null without stamps
  std::unique_ptr<Workload> witnessed_;
};

}  // namespace runoff::cell
