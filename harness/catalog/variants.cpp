#include "catalog/variants.h"

#include <algorithm>

namespace runoff {

std::vector<Parameters> all_variants(const std::vector<Parameter>& options,
                                     const std::map<std::string, std::string>& given) {
  std::vector<std::map<std::string, std::string>> combinations{given};
  for (const auto& option : options) {
    if (option.unit != Unit::choice || option.standard.empty() || given.contains(option.name)) continue;
    std::vector<std::map<std::string, std::string>> more;
    for (const auto& combination : combinations) {
      if (!goes_with(option, options, combination)) {
        more.push_back(combination);
        continue;
      }
      for (const auto& choice : option.choices) {
        more.push_back(combination);
        more.back()[option.name] = choice;
      }
    }
    combinations = std::move(more);
  }
  std::vector<Parameters> variants;
  for (const auto& combination : combinations) variants.emplace_back(options, combination);
  return variants;
}

std::vector<std::string> known_variants(const std::vector<Parameter>& options) {
  std::vector<std::string> known;
  for (const Shape shape : {Shape::independent, Shape::dependent, Shape::recursive})
    for (const auto& variant : all_variants(options_for(shape, options))) {
      const std::string name = variant.canonical();
      if (!name.empty() && std::find(known.begin(), known.end(), name) == known.end()) known.push_back(name);
    }
  return known;
}

}  // namespace runoff
