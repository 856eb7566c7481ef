#include "module.h"

#include <stdexcept>

#include "runoff/memory.h"

std::vector<std::map<std::string, std::string>> variants(runoff::Shape shape) {
  std::vector<std::map<std::string, std::string>> all{{}};
  for (const auto& option : runoff::options_for(shape, plugin().options)) {
    if (option.standard.empty()) continue;  // only there when it is given
    std::vector<std::map<std::string, std::string>> longer;
    for (const auto& variant : all)
      for (const auto& choice : option.choices) {
        longer.push_back(variant);
        longer.back()[option.name] = choice;
      }
    if (!longer.empty()) all = longer;
  }
  return all;
}

/// Memory is all that a backend of threads asks of its host.
class Running::Host final : public runoff::Host {
 public:
  runoff::Memory& memory() override { return memory_; }
  std::vector<std::string> follower_command(std::span<const std::string>) const override {
    throw std::logic_error("a backend of threads has no followers");
  }
  std::span<const std::string> follower_arguments() const override { return {}; }
  runoff::Seen look() override { return {}; }
  runoff::Usage usage() override { return {}; }

 private:
  runoff::Memory memory_ = runoff::Memory::create();
};

Running::Running(const runoff::Workload& workload, unsigned workers,
                 const std::map<std::string, std::string>& variant)
    : host_(std::make_shared<Host>()) {
  const std::size_t stride = 64;
  results_ = {host_->memory().bytes(workload.slots() * stride), workload.slots(), workload.result().size,
              stride};
  started_.emplace(plugin().make({workers, runoff::Parameters(plugin().options, variant)}), workload,
                   results_, *host_);
}

void Running::execute() { started_->execute(); }
