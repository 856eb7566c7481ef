#include "report/table.h"

#include <algorithm>

namespace runoff {

std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string Table::text(const Painter& paint) const {
  std::vector<std::size_t> widths(columns_.size());
  for (const Row& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i)
      if (row.size() == columns_.size() || i + 1 < row.size())
        widths[i] = std::max(widths[i], width(row[i].text));

  std::string text;
  for (const Row& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::size_t taken = width(row[i].text);
      const std::string padding(taken < widths[i] ? widths[i] - taken : 0, ' ');
      const std::string painted = paint(row[i].style, row[i].text);
      text += "  " + (columns_[i] == Align::right ? padding + painted : painted + padding);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    text += '\n';
  }
  return text;
}

}  // namespace runoff
