#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace runoff {

/// Words as a sentence has them: "a", "a and b", "a, b and c"; of more than `most`, "a, b, c and 5 others",
/// where `rest` stands for "others".
std::string listed(std::span<const std::string> words, std::size_t most = 4, const char* rest = "others");

/// A choice between them: "a", "a or b", "a, b or c"; of more than `most`, "a, b, c or one of 5 others".
std::string either(std::span<const std::string> words, std::size_t most = 4);

}  // namespace runoff
