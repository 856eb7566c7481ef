#include "report/table.h"

#include <algorithm>

namespace runoff {
namespace {

constexpr std::size_t between = 2;

using Widths = std::vector<std::size_t>;

std::size_t total(const Widths& widths, const std::vector<bool>& shown) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < widths.size(); ++i)
    if (shown[i]) sum += between + widths[i];
  return sum;
}

}  // namespace

std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool Table::holds(const Row& row, std::size_t column) const {
  return row.size() == columns_.size() || column + 1 < row.size();
}

std::vector<std::size_t> Table::widths() const {
  Widths widths(columns_.size());
  for (const Row& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i)
      if (holds(row, i)) widths[i] = std::max(widths[i], width(row[i].text));
  return widths;
}

std::string Table::text(const Page& page) const {
  const Widths taken = widths();
  std::vector<bool> shown(columns_.size(), true);
  while (page.terminal && total(taken, shown) > *page.terminal) {
    std::size_t spared = columns_.size();
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (shown[i] && columns_[i].spare > (spared == columns_.size() ? 0 : columns_[spared].spare - 1))
        spared = i;
    if (spared == columns_.size()) break;
    shown[spared] = false;
  }

  std::string text;
  for (const Row& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (holds(row, i) && !shown[i]) continue;
      const std::size_t own = width(row[i].text);
      const std::string padding(own < taken[i] ? taken[i] - own : 0, ' ');
      const std::string painted = page.paint(row[i].style, row[i].text);
      text.append(between, ' ');
      text += columns_[i].align == Align::right ? padding + painted : painted + padding;
    }
    text.erase(text.find_last_not_of(' ') + 1);
    text += '\n';
  }
  return text;
}

}  // namespace runoff
