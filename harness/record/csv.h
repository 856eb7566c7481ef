#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace runoff {

/// Text that is no CSV. The message names the line and what is wrong there.
struct CsvError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

using CsvRow = std::vector<std::string>;

/// One record as RFC 4180 writes it, with CRLF at its end. Only fields that need quotes have them.
std::string csv_line(std::span<const std::string> fields);

struct CsvTable {
  std::vector<CsvRow> rows;        ///< every record that ends in a line break
  std::size_t complete_bytes = 0;  ///< where the last of them ends
  bool torn = false;               ///< a record without an end follows: a write that was cut short
  char separator = ',';            ///< between fields
};

/// True for a record without anything but blanks in it, such as spreadsheets leave at the end.
bool is_blank(std::span<const std::string> row);

/// Reads RFC 4180 text in UTF-8. Line breaks may be LF as well, and a byte order mark is passed over, as are
/// blank records before the first. Where the first line has no comma, fields may be separated by semicolons
/// or tabs, as spreadsheets of many countries do; a line "sep=;" before the header says by what. A last
/// record without a line break is not among the rows, because in a file that is only appended to it is a
/// write that was cut short. Throws CsvError.
CsvTable parse_csv(std::string_view text);

/// The same, but hands each record to `use` instead of keeping it: of large files a table takes many times
/// their size.
CsvTable read_csv(std::string_view text, const std::function<void(CsvRow row)>& use);

}  // namespace runoff
