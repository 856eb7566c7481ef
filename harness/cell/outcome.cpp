#include "cell/outcome.h"

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

#include "cell/task_records.h"

namespace runoff::cell {

void write_outcome(const Outcome& outcome, const std::string& file) {
  nlohmann::ordered_json json{{"status", outcome.status}, {"detail", outcome.detail}};
  const auto put = [&json](const char* name, const std::optional<std::int64_t>& value) {
    if (value) json[name] = *value;
  };
  put("wall_ns", outcome.wall_ns);
  put("cpu_ns", outcome.cpu_ns);
  put("startup_ns", outcome.startup_ns);
  put("cold_ns", outcome.cold_ns);
  put("tasks", outcome.tasks);
  put("iterations", outcome.iterations);
  put("bytes", outcome.bytes);
  put("peak_memory_bytes", outcome.peak_memory_bytes);
  put("voluntary_switches", outcome.voluntary_switches);
  put("involuntary_switches", outcome.involuntary_switches);
  put("workers_seen", outcome.workers_seen);
  put("tasks_failed", outcome.tasks_failed);
  put("bytes_copied", outcome.bytes_copied);
  if (!outcome.prices.empty()) json["prices"] = outcome.prices;
  if (const auto& quantiles = outcome.latency_quantiles; !quantiles.empty()) {
    json["latency_p50_ns"] = at_quantile(quantiles, 0.5);
    json["latency_p95_ns"] = at_quantile(quantiles, 0.95);
    json["latency_p99_ns"] = at_quantile(quantiles, 0.99);
    json["latency_max_ns"] = quantiles.back().second;
    json["latency_quantiles"] = quantiles;
  }

  // A reader that finds the file finds all of it.
  const std::string draft = file + ".draft";
  std::ofstream stream(draft, std::ios::trunc);
  stream << json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  stream.close();
  if (!stream || std::rename(draft.c_str(), file.c_str()) != 0)
    throw std::system_error(errno, std::generic_category(), "write '" + file + "'");
}

}  // namespace runoff::cell
