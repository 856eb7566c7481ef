#include "cell/host.h"

#include <filesystem>

#include "cell/slots.h"
#include "cell/usage.h"
#include "runoff/memory.h"
#include "runoff/visit_shape.h"
#include "support/memory_file.h"

namespace runoff::cell {
namespace {

std::unique_ptr<Workload> lay_out(const Parameters& parameters, const WorkloadPlugin& plugin,
                                  Memory& memory) {
  auto workload = plugin.make(parameters);
  workload->layout(memory);
  if (!memory.attached()) workload->fill(memory);
  return workload;
}

Memory memory_for(const Arguments& arguments) {
  if (arguments.memory >= 0) return Memory::attach(arguments.memory);
  if (!arguments.memory_files.empty()) return Memory::reuse(reuse_memory_file(arguments.memory_files));
  return arguments.huge_pages ? Memory::create_in(make_memory_file()) : Memory::create();
}

}  // namespace

CellHost::CellHost(const Arguments& arguments, const WorkloadPlugin& plugin)
    : arguments_(arguments),
      parameters_(plugin.parameters, arguments.parameters),
      memory_(memory_for(arguments)),
      workload_(lay_out(parameters_, plugin, memory_)),
      results_(claim_results(*workload_, memory_)),
      witness_(memory_, arguments.workers, arguments.pin ? arguments.cpus : std::vector<int>{}),
      stamps_(arguments.stamps.empty() ? std::optional<Stamps>()
                                       : std::optional<Stamps>(std::in_place, arguments.stamps)),
      stamped_(stamps_ ? stamped(*workload_, *stamps_) : nullptr),
      witnessed_(witnessed(stamped_ ? *stamped_ : *workload_, witness_)) {}

std::vector<std::string> CellHost::follower_command(std::span<const std::string> arguments) const {
  std::vector<std::string> command{std::filesystem::read_symlink("/proc/self/exe").string()};
  command.insert(command.end(), arguments_.given.begin(), arguments_.given.end());
  command.insert(command.end(), {"--memory", std::to_string(memory_.descriptor())});
  for (const auto& argument : arguments) command.push_back("--follow=" + argument);
  return command;
}

Usage CellHost::usage() {
  Usage usage = usage_of_tree();
  usage.memory_bytes = memory_of_tree();
  return usage;
}

bool CellHost::is_any_worker_outside() { return witness_.is_any_outside(threads_of_tree()); }

void CellHost::fill_here() {
  if (const Independent* parts = filled_in_parts()) parts->fill_part({0, parts->tasks()}, results_);
}

void CellHost::fill_by(const Started& started) {
  if (filled_in_parts() == nullptr) return;
  // In the second pass, workers map what others wrote. Processes would take page faults for many executions
  // otherwise, as each of them comes upon pages that it had not been given before.
  for (const auto pass : {Witness::Pass::fill, Witness::Pass::map}) {
    witness_.begin(pass);
    started.execute();
  }
  witness_.begin(Witness::Pass::run);
  witness_.look();
}

const Independent* CellHost::filled_in_parts() const {
  return visit_shape(*workload_, [](const auto& shaped) -> const Independent* {
    if constexpr (std::is_same_v<decltype(shaped), const Independent&>)
      if (shaped.filled_by_workers()) return &shaped;
    return nullptr;
  });
}

}  // namespace runoff::cell
