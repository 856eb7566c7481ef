#include <algorithm>
#include <map>

#include "catalog/variants.h"
#include "plan/choice.h"
#include "plan/find_module.h"

namespace runoff {
namespace {

/// What follows the name in "NAME:*:option=value".
struct Options {
  bool all = false;
  std::map<std::string, std::string> given;
};

Options read_options(const std::string& item, std::span<const std::string> parts) {
  Options options;
  for (const auto& part : parts) {
    const std::size_t equals = part.find('=');
    if (part == "*")
      options.all = true;
    else if (equals == part.npos || equals == 0)
      throw UsageError(
          fmt::format("--backends {}: '{}' is not OPTION=VALUE, nor '*' for all variants", item, part));
    else
      options.given[part.substr(0, equals)] = part.substr(equals + 1);
  }
  return options;
}

std::vector<Parameters> variants_of(const BackendModule& backend, const Options& options) {
  std::vector<std::string> known;
  for (const auto& option : backend.options) known.push_back(option.name);
  for (const auto& [name, value] : options.given)
    if (std::find(known.begin(), known.end(), name) == known.end())
      throw UsageError(known.empty() ? fmt::format("backend '{}' has no variants", backend.name)
                                     : fmt::format("backend '{}' has no option '{}'{}", backend.name, name,
                                                   suggestion(name, known)));
  try {
    if (options.all) return all_variants(backend.options, options.given);
    return {Parameters(backend.options, options.given)};
  } catch (const InvalidParameter& error) {
    throw UsageError(fmt::format("backend '{}': {}", backend.name, error.what()));
  }
}

/// One that is not available was not chosen, and so is out; one that is not known is a mistake.
void take_out(const Catalog& catalog, const std::string& name, Absent absent,
              std::vector<ChosenBackend>& chosen) {
  if (module_named(catalog.backends, name) == nullptr) find_module(catalog.backends, name, "backend", absent);
  std::erase_if(chosen, [&](const ChosenBackend& one) { return one.module->name == name; });
}

bool takes_out(const std::string& item) { return item.starts_with('-'); }

}  // namespace

bool only_take_out(std::span<const std::string> items) { return std::ranges::all_of(items, takes_out); }

std::vector<std::string> instead_of(std::vector<std::string> usual, std::span<const std::string> items) {
  if (!only_take_out(items)) usual.clear();
  usual.insert(usual.end(), items.begin(), items.end());
  return usual;
}

std::vector<ChosenBackend> choose_backends(const Catalog& catalog, std::span<const std::string> items,
                                           Absent absent) {
  std::vector<ChosenBackend> chosen;
  const auto add = [&](const BackendModule& backend, const Options& options) {
    for (const auto& variant : variants_of(backend, options)) {
      const std::string canonical = variant.canonical();
      if (std::none_of(chosen.begin(), chosen.end(), [&](const ChosenBackend& one) {
            return one.module == &backend && one.variant == canonical;
          }))
        chosen.push_back({&backend, canonical});
    }
  };
  for (const auto& item : items) {
    if (takes_out(item)) {
      take_out(catalog, item.substr(1), absent, chosen);
      continue;
    }
    const auto parts = split(item, ":;");
    const Options options = read_options(item, std::span(parts).subspan(1));
    if (parts[0] == "*") {
      for (const auto& backend : catalog.backends)
        if (backend.available && !backend.only_by_name) add(backend, options);
    } else if (const auto* backend = find_module(catalog.backends, parts[0], "backend", absent)) {
      add(*backend, options);
    }
  }
  return chosen;
}

}  // namespace runoff
