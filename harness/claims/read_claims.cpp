#include "claims/read_claims.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

#include "claims/quantity.h"
#include "support/errors.h"
#include "support/json.h"
#include "support/nearest.h"

namespace runoff {
namespace {

namespace fs = std::filesystem;

/// What is wrong with a file; it does not know which.
struct Fault : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// An object of a claim's file, whose keys are asked for by name. What was not asked for is a mistake.
class Keys {
 public:
  Keys(const Json& object, std::string where) : object_(object), where_(std::move(where)) {
    if (!object.is_object()) throw Fault(fmt::format("{} is no object", where_));
  }

  bool has(const char* key) {
    known_.emplace_back(key);
    return object_.contains(key);
  }
  template <class Value>
  Value get(const char* key) {
    if (!has(key)) throw Fault(fmt::format("{} has no '{}'", where_, key));
    try {
      return object_.at(key).get<Value>();
    } catch (const JsonError&) {
      throw Fault(fmt::format("'{}' of {} is {}, which it cannot be", key, where_, object_.at(key).dump()));
    }
  }
  template <class Value>
  Value get(const char* key, Value otherwise) {
    return has(key) ? get<Value>(key) : std::move(otherwise);
  }
  const Json& at(const char* key) {
    if (!has(key)) throw Fault(fmt::format("{} has no '{}'", where_, key));
    return object_.at(key);
  }
  void end() const {
    for (const auto& [key, value] : object_.items())
      if (std::find(known_.begin(), known_.end(), key) == known_.end())
        throw Fault(fmt::format("{} has an unknown key '{}'{}", where_, key, suggestion(key, known_)));
  }

 private:
  const Json& object_;
  std::string where_;
  std::vector<std::string> known_;
};

std::string count_text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// What a side does not say itself is as the comparison says.
ClaimSide read_side(const Json& comparison, const char* which, const std::string& where) {
  Json merged = Json::object();
  for (const char* key : {"workload", "set", "backend", "workers", "quantity"})
    if (comparison.contains(key)) merged[key] = comparison[key];
  if (!comparison.at(which).is_object()) throw Fault(fmt::format("'{}' of {} is no object", which, where));
  merged.update(comparison.at(which));
  Keys keys(merged, fmt::format("'{}' of {}", which, where));
  ClaimSide side{.cell = {.workloads = {keys.get<std::string>("workload")},
                          .backends = {keys.get<std::string>("backend")},
                          .workers = {count_text(keys.at("workers"))},
                          .set = {}},
                 .quantity = keys.get<std::string>("quantity", "typical_ns")};
  for (const auto& one : keys.get<std::vector<std::string>>("set", {}))
    side.cell.set.push_back(side.cell.workloads.front() + "." + one);
  keys.end();
  const auto names = quantity_names();
  if (std::find(names.begin(), names.end(), side.quantity) == names.end())
    throw Fault(fmt::format("'quantity' of {} is '{}', which is none{}", where, side.quantity,
                            suggestion(side.quantity, names)));
  return side;
}

std::optional<double> read_threshold(Keys& keys, const char* key) {
  return keys.has(key) ? std::optional(keys.get<double>(key)) : std::nullopt;
}

Comparison read_comparison(const Json& json, const std::string& where) {
  Keys keys(json, where);
  Comparison comparison{.place = keys.get<std::string>("place"),
                        .figure = keys.get<std::string>("figure"),
                        .of = {},
                        .to = {},
                        .at_least = read_threshold(keys, "at_least"),
                        .at_most = read_threshold(keys, "at_most"),
                        .status = {}};
  keys.at("of");
  comparison.of = read_side(json, "of", where);
  if (keys.has("to")) comparison.to = read_side(json, "to", where);
  if (keys.has("status")) {
    const auto word = keys.get<std::string>("status");
    comparison.status = parse_status(word);
    if (!comparison.status) throw Fault(fmt::format("'status' of {} is '{}', which is none", where, word));
  }
  for (const char* key : {"workload", "set", "backend", "workers", "quantity"}) keys.has(key);
  keys.end();
  if (comparison.at_least.has_value() + comparison.at_most.has_value() + comparison.status.has_value() != 1)
    throw Fault(fmt::format("{} has to have one of 'at_least', 'at_most' and 'status'", where));
  const double threshold = comparison.at_least.value_or(comparison.at_most.value_or(1));
  if (!(threshold > 0)) throw Fault(fmt::format("the threshold of {} is not above 0", where));
  return comparison;
}

Claim read_claim(const fs::path& file) {
  const Json json = read_json(file);
  Keys keys(json, "it");
  Claim claim{.number = keys.get<unsigned>("number"),
              .name = file.stem(),
              .sentence = keys.get<std::string>("sentence"),
              .stands_in = keys.get<std::string>("stands_in"),
              .published = keys.get<std::string>("published", ""),
              .page = keys.get<std::string>("page"),
              .comparisons = {},
              .shows = keys.get<std::vector<std::string>>("shows", {}),
              .memory_nodes = keys.get<unsigned>("memory_nodes", 1)};
  const Json& comparisons = keys.at("comparisons");
  if (!comparisons.is_array() || comparisons.empty())
    throw Fault("'comparisons' is no list with something in it");
  for (const Json& one : comparisons)
    claim.comparisons.push_back(
        read_comparison(one, fmt::format("comparison {}", claim.comparisons.size() + 1)));
  keys.end();
  return claim;
}

}  // namespace

std::vector<Claim> read_claims(const fs::path& folder) {
  std::vector<Claim> claims;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (entry.path().extension() != ".json") continue;
    try {
      claims.push_back(read_claim(entry.path()));
    } catch (const Fault& fault) {
      throw MachineError(fmt::format("claim '{}': {}", entry.path().string(), fault.what()));
    } catch (const JsonError& error) {
      throw MachineError(fmt::format("claim '{}' is no JSON: {}", entry.path().string(), error.what()));
    }
  }
  std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) {
    return std::tie(a.number, a.name) < std::tie(b.number, b.name);
  });
  const auto twice = std::adjacent_find(claims.begin(), claims.end(),
                                        [](const Claim& a, const Claim& b) { return a.number == b.number; });
  if (twice != claims.end())
    throw MachineError(fmt::format("claims '{}' and '{}' have the same number {}", twice->name,
                                   std::next(twice)->name, twice->number));
  return claims;
}

std::vector<Claim> choose_claims(const std::vector<Claim>& claims, std::span<const std::string> names) {
  if (names.empty()) return claims;
  std::vector<std::string> known;
  for (const Claim& claim : claims) known.push_back(claim.name);
  for (const auto& name : names)
    if (std::find(known.begin(), known.end(), name) == known.end())
      throw UsageError(fmt::format("unknown claim '{}'{} ('runoff claims --list' has all)", name,
                                   suggestion(name, known)));
  std::vector<Claim> chosen;
  std::copy_if(claims.begin(), claims.end(), std::back_inserter(chosen), [names](const Claim& claim) {
    return std::find(names.begin(), names.end(), claim.name) != names.end();
  });
  return chosen;
}

}  // namespace runoff
