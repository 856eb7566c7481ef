#include "plan/probe.h"

#include <fmt/format.h>

#include <chrono>
#include <string>

#include "catalog/silence.h"
#include "process/capture.h"
#include "support/errors.h"
#include "support/json.h"
#include "support/standard_streams.h"
#include "support/text.h"

namespace runoff {
namespace {

constexpr std::chrono::seconds probe_limit{20};
constexpr int asked_for_what_cannot_be = 2;  // runoff-cell's exit status where the parameters are at fault
constexpr Doing making{"making it", "while it was made", "its constructor, and at layout",
                       "a workload's constructor must return"};

}  // namespace

std::vector<Probed> probe_workloads(std::span<const ChosenWorkload> workloads,
                                    const std::filesystem::path& cell) {
  std::vector<std::vector<std::string>> commands;
  for (const auto& workload : workloads) {
    auto& words =
        commands.emplace_back(std::vector<std::string>{cell, "--probe", "--workload", workload.module->file});
    for (const auto& [name, value] : parse_pairs(workload.parameters))
      words.insert(words.end(), {"--set", name + "=" + value});
  }
  const auto answers = capture_all(commands, probe_limit, [&workloads](std::size_t place) {
    say(fmt::format("runoff: waiting for workload '{}' to be made, for at most {} s\n",
                    workloads[place].module->name, probe_limit.count()));
  });
  std::vector<Probed> probed;
  for (std::size_t i = 0; i < workloads.size(); ++i) {
    const std::string who =
        fmt::format("workload '{}' ({})", workloads[i].module->name, workloads[i].parameters);
    if (answers[i].exit_code != 0 || answers[i].output.empty()) {
      const bool is_told = does_cell_say_why(answers[i]);
      const std::string why = why_silent(answers[i], making);
      if (is_told && answers[i].exit_code == asked_for_what_cannot_be)
        throw UsageError(fmt::format("{}: {}", who, why));
      throw MachineError(fmt::format("{}{}: {}", who, is_told ? " cannot be made on this machine" : "", why));
    }
    try {
      const auto json = parse_json(answers[i].output);
      const auto bytes = [&json](const char* field) { return json.at(field).get<std::int64_t>(); };
      probed.push_back({bytes("memory_bytes"), bytes("input_bytes"), bytes("result_bytes")});
    } catch (const JsonError& error) {
      throw MachineError(fmt::format("{} gave no answer that can be read: {}", who, error.what()));
    }
  }
  return probed;
}

}  // namespace runoff
