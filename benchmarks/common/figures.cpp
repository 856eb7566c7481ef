#include "common/figures.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "common/output.h"

namespace benchmarks {

Figures figures_of(const std::string& command) {
  const std::string text = output_of(command);
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || json.value("status", "ok") != "ok")
    throw std::runtime_error(command + " failed: " + text);
  Figures figures;
  for (const auto& [name, value] : json.items())
    if (value.is_number()) figures[name] = value;
  return figures;
}

std::string to_text(const Figures& figures) { return nlohmann::json(figures).dump(); }

std::string shell_word(const std::filesystem::path& path) { return "'" + path.string() + "'"; }

double quantile(std::vector<double> values, double p) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(p * static_cast<double>(values.size() - 1) + 0.5)];
}

}  // namespace benchmarks
