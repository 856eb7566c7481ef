
#include "cell/outcome.h"
#include "support/files.h"
#include "support/json.h"

namespace runoff {
namespace {

void put(Json& json, const char* name, Status value) { json[name] = to_string(value); }
void put(Json& json, const char* name, const std::string& value) { json[name] = value; }
void put(Json& json, const char* name, const Outcome::Number& value) {
  if (value) json[name] = *value;
}

}  // namespace

void write_outcome(const Outcome& outcome, const std::filesystem::path& file) {
  Json json;
  each_field(outcome, [&json](const char* name, const auto& value) { put(json, name, value); });
  if (!outcome.latency_quantiles.empty()) json["latency_quantiles"] = outcome.latency_quantiles;
  // A task may fail with any bytes for its reason: those that are no UTF-8 are replaced.
  write_file(file, to_text(json) + "\n");
}

}  // namespace runoff
