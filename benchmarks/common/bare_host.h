#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "runoff/backend.h"
#include "runoff/memory.h"

namespace benchmarks {

/// The host of a backend whose workers are threads or forked processes, and are not witnessed.
class BareHost final : public runoff::Host {
 public:
  runoff::Memory& memory() override { return memory_; }
  std::vector<std::string> follower_command(std::span<const std::string>) const override {
    throw std::logic_error("spawned workers have no place in this benchmark");
  }
  std::span<const std::string> follower_arguments() const override { return {}; }
  runoff::Seen look() override { return {}; }
  runoff::Usage usage() override { return {}; }

 private:
  runoff::Memory memory_ = runoff::Memory::create();
};

}  // namespace benchmarks
