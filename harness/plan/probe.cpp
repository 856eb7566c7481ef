#include "plan/probe.h"

#include <fmt/format.h>

#include <chrono>
#include <string>

#include "process/capture.h"
#include "support/errors.h"
#include "support/json.h"
#include "support/text.h"

namespace runoff {
namespace {

constexpr std::chrono::seconds probe_limit{20};
constexpr int unusable = 3;  // runoff-cell's exit status where the fault is not in what it was asked

/// What runoff-cell says, without its own name in front.
std::string message(const Captured& answer) {
  const std::string text = one_line(answer.error);
  constexpr std::string_view name = "runoff-cell: ";
  return text.starts_with(name) ? text.substr(name.size()) : text;
}

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
  const auto answers = capture_all(commands, probe_limit);
  std::vector<Probed> probed;
  for (std::size_t i = 0; i < workloads.size(); ++i) {
    const std::string& name = workloads[i].module->name;
    if (answers[i].exit_code != 0) {
      const auto why = [&](const char* where) {
        return fmt::format("workload '{}' ({}){}: {}", name, workloads[i].parameters, where,
                           message(answers[i]));
      };
      if (answers[i].exit_code == unusable) throw MachineError(why(" cannot be made on this machine"));
      throw UsageError(why(""));
    }
    try {
      const auto json = parse_json(answers[i].output);
      const auto bytes = [&json](const char* field) { return json.at(field).get<std::int64_t>(); };
      probed.push_back({bytes("memory_bytes"), bytes("input_bytes"), bytes("result_bytes")});
    } catch (const JsonError& error) {
      throw UsageError(fmt::format("workload '{}' gave no answer that can be read: {}", name, error.what()));
    }
  }
  return probed;
}

}  // namespace runoff
