#include <fstream>

#include "cell/outcome.h"
#include "support/json.h"

namespace runoff {
namespace {

// Each throws JsonError for a value that is something else.
void take(const Json& object, const char* name, Status& value) {
  const auto status = parse_status(object.at(name).get<std::string>());
  if (!status) throw Json::other_error::create(501, "no such status", &object);
  value = *status;
}
void take(const Json& object, const char* name, std::string& value) { value = object.value(name, ""); }
void take(const Json& object, const char* name, Outcome::Number& value) {
  if (object.contains(name)) value = object.at(name).get<std::int64_t>();
}

}  // namespace

std::optional<Outcome> read_outcome(const std::filesystem::path& file) {
  try {
    const Json object = read_json(file);
    Outcome outcome;
    each_field(outcome, [&object](const char* name, auto& value) { take(object, name, value); });
    outcome.latency_quantiles = object.value("latency_quantiles", outcome.latency_quantiles);
    return outcome;
  } catch (const JsonError&) {
    return std::nullopt;
  }
}

}  // namespace runoff
