#include "record/csv.h"

#include <strings.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "support/json.h"

namespace runoff {
namespace {

using namespace std::string_view_literals;

constexpr auto byte_order_mark = "\xEF\xBB\xBF"sv, separator_word = "sep="sv, gzip = "\x1F\x8B"sv,
               workbook = "PK\x03\x04"sv;  // a ZIP file, of xlsx and ods alike

void append_field(std::string& line, std::string_view field) {
  // A mark that is a part of the field must not be taken for the file's.
  if (field.find_first_of(",\"\r\n") == field.npos && !field.starts_with(byte_order_mark)) {
    line += field;
    return;
  }
  line += '"';
  for (const char c : field) line.append(c == '"' ? 2 : 1, c);
  line += '"';
}

/// In capitals as well.
bool begins_with_separator_word(std::string_view text) {
  return text.size() >= separator_word.size() &&
         ::strncasecmp(text.data(), separator_word.data(), separator_word.size()) == 0;
}

/// "sep=;", as spreadsheets write it before the header, and may put it into quotes and fill the row up when
/// they save it once more: that separator.
std::optional<char> separator_told_by(std::string_view line) {
  const bool quoted = line.starts_with('"');
  line.remove_prefix(quoted ? 1 : 0);
  if (!begins_with_separator_word(line)) return std::nullopt;
  line.remove_prefix(separator_word.size());
  if (line.empty() || line[0] == '"' || line[0] == '\r') return std::nullopt;
  const char separator = line[0];
  line.remove_prefix(1);
  if (quoted && !line.starts_with('"')) return std::nullopt;
  line.remove_prefix(quoted ? 1 : 0);
  if (line.find_first_not_of(std::string{separator, '\r'}) != line.npos) return std::nullopt;
  return separator;
}

/// Such a line, as it is read.
bool tells_separator(std::span<const std::string> row) {
  return begins_with_separator_word(row[0]) && row[0].size() <= separator_word.size() + 1 &&
         is_blank(row.subspan(1));
}

/// Of the first line that is not blank. Quotes do not matter: no name of a column has a separator in it.
char separator_of(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (const auto told = separator_told_by(line)) return *told;
    if (line.find_first_not_of(" \t,;\"\r") != line.npos) {
      for (const char separator : {',', ';', '\t'})
        if (line.find(separator) != line.npos) return separator;
      return ',';
    }
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  return ',';
}

/// Two bytes a character; with ASCII in the first, each second one is 0.
bool is_utf16(std::string_view text) {
  const auto zero = [text](std::size_t at) { return at < text.size() && text[at] == '\0'; };
  if (text.starts_with("\xFF\xFE")) return !zero(2) || !zero(3);  // else it is UTF-32
  return text.starts_with("\xFE\xFF") || (zero(1) && zero(3) && !zero(0) && !zero(2)) ||
         (zero(0) && zero(2) && !zero(1) && !zero(3));
}

/// Whether its beginning has characters that no text has.
bool is_binary(std::string_view text) {
  const std::string_view beginning = text.substr(0, 64);
  return std::any_of(beginning.begin(), beginning.end(), [](char c) {
    return (c >= '\0' && c < ' ' && c != '\t' && c != '\r' && c != '\n') || c == '\x7F';
  });
}

void require_text(std::string_view text) {
  if (text.starts_with("\0\0\0\0"sv))
    throw CsvError("it begins with zero bytes, as files may after a power failure; take a copy of it");
  if (is_utf16(text))
    throw CsvError("it is UTF-16, which spreadsheets call Unicode text; save it as CSV in UTF-8");
  if (text.starts_with(workbook)) throw CsvError("it is a spreadsheet's own file; save it as CSV in UTF-8");
  if (text.starts_with(gzip)) throw CsvError("it is compressed by gzip; unpack it");
  if (is_binary(text)) throw CsvError("it is no text in UTF-8");
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
  require_text(text);
  CsvTable table;
  CsvRow row;
  std::string field;
  enum { start, plain, quoted, closed } state = start;
  std::size_t line = 1, line_of_row = 1;
  bool begun = false;
  const auto fail = [&line](const char* what) {
    throw CsvError("line " + std::to_string(line) + ": " + what);
  };
  const auto end_field = [&] {
    if (!is_utf8(field))
      throw CsvError("line " + std::to_string(line_of_row) + ": field " + std::to_string(row.size() + 1) +
                     " is no text in UTF-8; save the file as CSV in UTF-8");
    row.push_back(std::exchange(field, {}));
    state = start;
  };
  const auto end_row = [&] {
    end_field();
    begun = begun || !(is_blank(row) || tells_separator(row));
    if (begun) use(std::exchange(row, {}));
    row.clear();
    line_of_row = line;
  };

  std::size_t i = 0;
  // Editors and spreadsheets, one after the other, may each have put one there.
  while (text.substr(i).starts_with(byte_order_mark)) i += byte_order_mark.size();
  table.separator = separator_of(text.substr(i));
  table.complete_bytes = i;
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
      end_row();
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
