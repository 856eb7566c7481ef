#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/style.h"

namespace runoff {

enum class Align { left, right };

/// Columns of text that line up.
class Table {
 public:
  struct Field {
    std::string text;
    Style style = Style::plain;
  };
  using Row = std::vector<Field>;

  explicit Table(std::vector<Align> columns) : columns_(std::move(columns)) {}
  /// A row may be shorter than the table is wide; its last field may then be as long as it likes.
  void add(Row row) { rows_.push_back(std::move(row)); }
  /// Two spaces before each column; none at the ends of lines.
  std::string text(const Painter& paint) const;

 private:
  std::vector<Align> columns_;
  std::vector<Row> rows_;
};

/// Characters, not bytes, of UTF-8 text.
std::size_t width(std::string_view text);

}  // namespace runoff
