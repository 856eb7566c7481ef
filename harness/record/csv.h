#pragma once

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace runoff {

/// Text that is no CSV. The message says on which line and what is wrong there.
struct CsvError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

using CsvRow = std::vector<std::string>;

/// One record as RFC 4180 writes it, its line break (CRLF) included; fields are quoted only where they must
/// be.
std::string csv_line(std::span<const std::string> fields);

struct CsvTable {
  std::vector<CsvRow> rows;        ///< every record that ends in a line break
  std::size_t complete_bytes = 0;  ///< where the last of them ends
  bool torn = false;               ///< something follows that does not end: a write that was cut short
};

/// Reads RFC 4180 text; line breaks may be LF as well, and a byte order mark is passed over. A last record
/// without a line break is not among the rows: a file that is only ever appended to has one only where a
/// write was cut short. Throws CsvError.
CsvTable parse_csv(std::string_view text);

}  // namespace runoff
