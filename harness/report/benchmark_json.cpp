#include "report/benchmark_json.h"

#include <algorithm>
#include <map>

#include "support/json.h"

namespace runoff {
namespace {

// Where a name stands among the others: each is a family of its own, in the order of their first samples.
struct Place {
  std::size_t family = 0;
  std::int64_t repetitions = 0;
  std::int64_t seen = 0;
};

Json context(const MachineFacts& machine) {
  Json facts{{"date", machine.started}, {"host_name", machine.host}, {"executable", "runoff"}};
  if (machine.cores) facts["num_cpus"] = *machine.cores;
  facts["caches"] = Json::array();
  facts["library_build_type"] = "release";
  facts["json_schema_version"] = 1;
  return facts;
}

Json entry(const Sample& sample, const std::string& name, Place& place) {
  Json fields{{"name", name},
              {"family_index", place.family},
              {"per_family_instance_index", 0},
              {"run_name", name},
              {"run_type", "iteration"},
              {"repetitions", place.repetitions},
              {"repetition_index", place.seen++},
              {"threads", sample.workers}};
  const bool good = sample.status == Status::ok && sample.wall_ns;
  if (!good) {
    fields["error_occurred"] = true;
    const std::string status(to_string(sample.status));
    fields["error_message"] = sample.detail.empty() ? status : status + ": " + sample.detail;
  }
  fields["iterations"] = good ? sample.iterations.value_or(0) : 0;
  fields["real_time"] = good ? *sample.wall_ns : 0;
  fields["cpu_time"] = good ? sample.cpu_ns.value_or(0) : 0;
  fields["time_unit"] = "ns";
  return fields;
}

/// As a member of an object, at this depth.
std::string indented(const Json& json, std::size_t depth) {
  std::string text;
  for (const char c : to_text(json, 2)) {
    text += c;
    if (c == '\n') text.append(2 * depth, ' ');
  }
  return text;
}

}  // namespace

void benchmark_json(const LoadedRun& run, const Names& names, const Append& append) {
  std::vector<const Sample*> by_round;
  for (const Sample& sample : run.samples) by_round.push_back(&sample);
  std::stable_sort(by_round.begin(), by_round.end(),
                   [](const Sample* a, const Sample* b) { return a->sample < b->sample; });

  std::map<std::string, Place> places;
  struct Repetition {
    const Sample* sample;
    std::map<std::string, Place>::iterator place;
  };
  std::vector<Repetition> repetitions;
  for (const Sample* sample : by_round) {
    const auto [place, added] = places.try_emplace(names.benchmark(*sample));
    if (added) place->second.family = places.size() - 1;
    ++place->second.repetitions;
    repetitions.push_back({sample, place});
  }
  // Those of one name stand together, as Google Benchmark writes them.
  std::stable_sort(repetitions.begin(), repetitions.end(), [](const Repetition& a, const Repetition& b) {
    return a.place->second.family < b.place->second.family;
  });

  // Put together as text: of hundreds of thousands of samples a tree takes gigabytes.
  append("{\n  \"context\": " + indented(context(run.machine), 1) + ",\n  \"benchmarks\": [");
  const char* between = "\n    ";
  for (auto& [sample, place] : repetitions) {
    append(between + indented(entry(*sample, place->first, place->second), 2));
    between = ",\n    ";
  }
  append("\n  ]\n}\n");
}

}  // namespace runoff
