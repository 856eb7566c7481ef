#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/page.h"

namespace runoff {

enum class Align { left, right };

/// Columns of text that line up.
class Table {
 public:
  struct Column {
    /// Where a page is too narrow, the columns that can be spared most readily go first; 0: never.
    Column(Align alignment, int readily_spared = 0) : align(alignment), spare(readily_spared) {}
    Align align;
    int spare;
  };
  struct Field {
    std::string text;
    Style style = Style::plain;
  };
  using Row = std::vector<Field>;

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
  /// A row may be shorter than the table is wide; its last field may then be as long as it likes.
  void add(Row row) { rows_.push_back(std::move(row)); }
  /// Two spaces before each column; none at the ends of lines.
  std::string text(const Page& page) const;

 private:
  std::vector<std::size_t> widths() const;
  bool holds(const Row& row, std::size_t column) const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

/// Characters, not bytes, of UTF-8 text.
std::size_t width(std::string_view text);

}  // namespace runoff
