#include "endpoint/behaviour.h"

#include <array>
#include <charconv>

#include "endpoint/draw.h"
#include "endpoint/number.h"
#include "runoff/errors.h"
#include "runoff/unit.h"

namespace runoff::endpoint {
namespace {

constexpr std::array<std::pair<std::string_view, RequestFailure>, 4> failure_kinds{
    {{"status", RequestFailure::status},
     {"reset", RequestFailure::reset},
     {"stall", RequestFailure::stall},
     {"truncated", RequestFailure::truncated}}};

[[noreturn]] void refuse(std::string_view name, std::string_view value, const char* domain) {
  throw InvalidParameter(std::string(name) + " cannot be '" + std::string(value) + "'; it takes " + domain);
}

std::uint64_t parse_size(std::string_view text) {
  const auto size = parse_bytes(text);
  if (!size || static_cast<std::uint64_t>(*size) > Behaviour::most_size)
    refuse("size", text, "a size up to 1GiB such as 64KiB");
  return static_cast<std::uint64_t>(*size);
}

double parse_failure(std::string_view text) {
  const auto share = parse_number<double>(text);
  if (!share || *share < 0 || *share > 1) refuse("failure", text, "a share from 0 to 1 such as 0.1");
  return *share;
}

RequestFailure parse_kind(std::string_view text) {
  for (const auto& [name, kind] : failure_kinds)
    if (name == text) return kind;
  refuse("failure-kind", text, "one of status, reset, stall, truncated");
}

std::uint64_t parse_seed(std::string_view text) {
  const auto seed = parse_number<std::uint64_t>(text);
  if (!seed) refuse("seed", text, "a whole number from 0 to 18446744073709551615");
  return *seed;
}

/// "50%3A" to "50:". What is no such code stays as it is.
std::string decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char code = 0;
    const char* digits = text.data() + i + 1;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(digits, digits + 2, code, 16).ptr == digits + 2) {
      plain += static_cast<char>(code);
      i += 2;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

}  // namespace

void Behaviour::set(std::string_view name, std::string_view value) {
  if (name == "latency")
    latency = Latency::parse(value);
  else if (name == "size")
    size = parse_size(value);
  else if (name == "failure")
    failure = parse_failure(value);
  else if (name == "failure-kind")
    failure_kind = parse_kind(value);
  else if (name == "seed")
    seed = parse_seed(value);
  else
    throw InvalidParameter("there is no parameter '" + std::string(name) +
                           "'; there are latency, size, failure, failure-kind and seed");
}

void Behaviour::set_all(std::string_view query) {
  while (!query.empty()) {
    const auto one = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(one.size() + 1, query.size()));
    if (one.empty()) continue;
    const auto equals = one.find('=');
    set(decoded(one.substr(0, equals)), equals == one.npos ? "" : decoded(one.substr(equals + 1)));
  }
}

bool Behaviour::fails(std::string_view path) const { return draw(seed, path, Draw::failure) < failure; }

}  // namespace runoff::endpoint
