#include "cell/prices.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "support/json.h"
#include "support/text.h"

namespace runoff {
namespace {

constexpr std::string_view a_worker = "/worker";

bool is_price_name(const std::string& name) {
  return !name.empty() && name.find_first_of("=;") == name.npos && is_utf8(name) && printable(name) == name;
}

std::string shortest(double number) {
  std::array<char, 32> digits{};
  return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr};
}

bool is_share(double per) { return std::isfinite(per) && per > 0; }

std::optional<Price> parse_price(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == text.npos || equals == 0) return std::nullopt;
  Price price{.name = std::string(text.substr(0, equals))};
  text.remove_prefix(equals + 1);
  price.per_worker = text.ends_with(a_worker);
  if (price.per_worker) text.remove_suffix(a_worker.size());
  if (const std::size_t slash = text.find('/'); slash != text.npos) {
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + slash + 1, end, price.per);
    if (error != std::errc{} || stop != end || !is_share(price.per)) return std::nullopt;
    text = text.substr(0, slash);
  }
  const auto found = std::find(quantity_names.begin(), quantity_names.end(), text);
  if (found == quantity_names.end()) return std::nullopt;
  price.quantity = static_cast<Quantity>(found - quantity_names.begin());
  return price;
}

}  // namespace

std::string join_prices(std::span<const Price> prices) {
  std::string joined;
  for (const Price& price : prices) {
    if (!is_price_name(price.name))
      throw std::runtime_error("a price cannot be called '" + printable(price.name) +
                               "': its name is one line without '=' and ';'");
    if (!is_share(price.per))
      throw std::runtime_error("the price '" + price.name + "' is paid " + shortest(price.per) +
                               " times an execution; that is a number above 0");
    joined += (joined.empty() ? "" : ";") + price.name + "=";
    joined += quantity_names.at(static_cast<std::size_t>(price.quantity));
    if (price.per != 1) joined += "/" + shortest(price.per);
    if (price.per_worker) joined += a_worker;
  }
  return joined;
}

std::optional<std::vector<Price>> parse_prices(std::string_view joined) {
  std::vector<Price> prices;
  if (joined.empty()) return prices;
  for (const std::string& one : split(joined, ";")) {
    const auto price = parse_price(one);
    if (!price) return std::nullopt;
    prices.push_back(*price);
  }
  return prices;
}

}  // namespace runoff
