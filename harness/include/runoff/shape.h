#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace runoff {

/// How the tasks of a workload relate.
enum class Shape { independent, dependent, recursive };

inline constexpr std::array<std::string_view, 3> shape_names{"independent", "dependent", "recursive"};

constexpr std::string_view name_of(Shape shape) { return shape_names[static_cast<std::size_t>(shape)]; }

/// Nothing for another word.
constexpr std::optional<Shape> shape_from(std::string_view name) {
  for (std::size_t i = 0; i < shape_names.size(); ++i)
    if (shape_names[i] == name) return static_cast<Shape>(i);
  return std::nullopt;
}

}  // namespace runoff
