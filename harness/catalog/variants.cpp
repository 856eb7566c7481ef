#include "catalog/variants.h"

namespace runoff {

std::vector<Parameters> all_variants(const std::vector<Parameter>& options,
                                     const std::map<std::string, std::string>& given) {
  std::vector<std::map<std::string, std::string>> combinations{given};
  for (const auto& option : options) {
    if (option.unit != Unit::choice || given.contains(option.name)) continue;
    std::vector<std::map<std::string, std::string>> more;
    for (const auto& combination : combinations) {
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

}  // namespace runoff
