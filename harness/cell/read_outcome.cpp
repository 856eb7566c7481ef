#include <fstream>
#include <nlohmann/json.hpp>

#include "cell/outcome.h"

namespace runoff {
namespace {

using nlohmann::json;

// Each throws json::exception for a value that is something else.
void take(const json& object, const char* name, Status& value) {
  const auto status = parse_status(object.at(name).get<std::string>());
  if (!status) throw json::other_error::create(501, "no such status", &object);
  value = *status;
}
void take(const json& object, const char* name, std::string& value) { value = object.value(name, ""); }
void take(const json& object, const char* name, Outcome::Number& value) {
  if (object.contains(name)) value = object.at(name).get<std::int64_t>();
}

}  // namespace

std::optional<Outcome> read_outcome(const std::filesystem::path& file) {
  try {
    const json object = json::parse(std::ifstream(file));
    Outcome outcome;
    each_field(outcome, [&object](const char* name, auto& value) { take(object, name, value); });
    outcome.latency_quantiles = object.value("latency_quantiles", outcome.latency_quantiles);
    return outcome;
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

}  // namespace runoff
