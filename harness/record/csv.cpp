#include "record/csv.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace runoff {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF", separator_line = "sep=",
                           workbook = "PK\x03\x04";  // a ZIP file, of xlsx and ods alike

void append_field(std::string& line, std::string_view field) {
  // What is a part of the field must not be taken for the file's.
  if (field.find_first_of(",\"\r\n") == field.npos && !field.starts_with(byte_order_mark) &&
      !field.starts_with(separator_line)) {
    line += field;
    return;
  }
  line += '"';
  for (const char c : field) line.append(c == '"' ? 2 : 1, c);
  line += '"';
}

/// Of the first line. Quotes do not matter: no name of a column has a separator in it.
char separator_of(std::string_view text) {
  const std::string_view header = text.substr(0, text.find('\n'));
  for (const char separator : {',', ';', '\t'})
    if (header.find(separator) != header.npos) return separator;
  return ',';
}

/// "sep=;", as spreadsheets write it before the header: that separator. The line is taken off the text.
std::optional<char> take_separator_line(std::string_view& text) {
  constexpr std::size_t size = separator_line.size();
  if (!text.starts_with(separator_line) || text.size() < size + 2) return std::nullopt;
  const char separator = text[size];
  const std::string_view end = text.substr(size + 1);
  const std::size_t ends = end.starts_with("\r\n") ? 2 : end.starts_with("\n") ? 1 : 0;
  if (ends == 0) return std::nullopt;
  text.remove_prefix(size + 1 + ends);
  return separator;
}

/// Two bytes a character; with ASCII in the first, one of the two is 0.
bool is_utf16(std::string_view text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") ||
         text.substr(0, 2).find('\0') != text.npos;
}

/// Programs that write text as Windows does, and are given lines that end so already, write one more.
std::size_t line_end_at(std::string_view text, std::size_t i) {
  const std::size_t newline = text.find_first_not_of('\r', i);
  return newline != text.npos && text[newline] == '\n' ? newline : text.npos;
}

}  // namespace

bool is_blank(std::span<const std::string> row) {
  return std::all_of(row.begin(), row.end(),
                     [](const std::string& field) { return field.find_first_not_of(" \t") == field.npos; });
}

std::string csv_line(std::span<const std::string> fields) {
  std::string line;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) line += ',';
    append_field(line, fields[i]);
  }
  return line += "\r\n";
}

CsvTable parse_csv(std::string_view text) {
  std::vector<CsvRow> rows;
  CsvTable table = read_csv(text, [&rows](CsvRow row) { rows.push_back(std::move(row)); });
  table.rows = std::move(rows);
  return table;
}

CsvTable read_csv(std::string_view text, const std::function<void(CsvRow row)>& use) {
  if (text.starts_with(std::string_view("\0\0", 2)))
    throw CsvError("it begins with zero bytes, as files may after a power failure; take a copy of it");
  if (is_utf16(text))
    throw CsvError("it is UTF-16, which spreadsheets call Unicode text; save it as CSV in UTF-8");
  if (text.starts_with(workbook)) throw CsvError("it is a spreadsheet's own file; save it as CSV in UTF-8");
  CsvTable table;
  CsvRow row;
  std::string field;
  enum { start, plain, quoted, closed } state = start;
  std::size_t line = 1;
  const auto fail = [&line](const char* what) {
    throw CsvError("line " + std::to_string(line) + ": " + what);
  };
  const auto end_field = [&] {
    row.push_back(std::exchange(field, {}));
    state = start;
  };

  std::size_t i = 0;
  // Editors and spreadsheets, one after the other, may each have put one there.
  while (text.substr(i).starts_with(byte_order_mark)) i += byte_order_mark.size();
  std::string_view rest = text.substr(i);
  if (const auto separator = take_separator_line(rest))
    table.separator = *separator, ++line;
  else
    table.separator = separator_of(rest);
  table.complete_bytes = i = text.size() - rest.size();
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') ++line;
    if (state == quoted) {
      if (c == '"')
        state = closed;
      else
        field += c;
    } else if (c == table.separator) {
      end_field();
    } else if (const std::size_t end = c == '\r' || c == '\n' ? line_end_at(text, i) : text.npos;
               end != text.npos) {
      if (end > i) i = end, ++line;
      end_field();
      use(std::exchange(row, {}));
      table.complete_bytes = i + 1;
    } else if (c == '\r' && i + 1 == text.size()) {
      break;  // half of a line break
    } else if (c == '\r') {
      throw CsvError(
          "its lines end in carriage returns alone, as old Macintosh files; save it as CSV with other line "
          "ends");
    } else if (c == '"' && state == closed) {  // "" within quotes
      field += '"';
      state = quoted;
    } else if (c == '"' && state == start) {
      state = quoted;
    } else if (c == '"') {
      fail("a quote inside a field that does not begin with one");
    } else if (state == closed) {
      fail("text after a closing quote");
    } else {
      field += c;
      state = plain;
    }
  }
  table.torn = table.complete_bytes < text.size();
  return table;
}

}  // namespace runoff
