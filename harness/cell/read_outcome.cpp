
#include "cell/outcome.h"
#include "support/errors.h"
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
  if (object.contains(name)) value = whole_number<std::int64_t>(object.at(name));
}

}  // namespace

std::optional<Outcome> read_outcome(const std::filesystem::path& file) {
  try {
    const Json object = read_json(file);
    Outcome outcome;
    each_field(outcome, [&object](const char* name, auto& value) { take(object, name, value); });
    if (object.contains("latency_quantiles"))
      for (const Json& one : object["latency_quantiles"])
        outcome.latency_quantiles.emplace_back(one.at(0).get<double>(),
                                               whole_number<std::int64_t>(one.at(1)));
    return outcome;
  } catch (const JsonError&) {
    return std::nullopt;
  } catch (const MachineError&) {  // also where a module left something else in its place
    return std::nullopt;
  }
}

}  // namespace runoff
