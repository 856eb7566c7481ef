#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace runoff {

/// The parts between separators, empty ones included. Empty text has one part, which is empty.
std::vector<std::string> split(std::string_view text, std::string_view separators);

/// name=value pairs in their order.
using Pairs = std::vector<std::pair<std::string, std::string>>;

/// Reads what `Parameters::canonical` writes: "n=10;grain=2".
Pairs parse_pairs(std::string_view canonical);

/// The other way round.
std::string join_pairs(const Pairs& pairs);

/// "1.50 GiB", "64.0 KiB", "12 B".
std::string format_bytes(std::int64_t bytes);

/// "2 min 5 s", "12 s", "0.4 s": for people to read.
std::string format_time(std::chrono::nanoseconds time);

/// Without control characters, with which text that others wrote could steer a terminal, and without what
/// turns the direction of the text around it or breaks its line (Unicode's "Trojan Source", Boucher and
/// Anderson 2021): each byte of them is a blank.
std::string printable(std::string text);

/// Text on one line, without control characters, without spaces at its ends, and without lines that only
/// separate others ("-----"). Of text that is longer than `most` bytes beginning and end are kept, because
/// the first or the last words of a dying program say why it died.
std::string one_line(std::string_view text, std::size_t most = 400);

}  // namespace runoff
