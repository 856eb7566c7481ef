#include "record/csv.h"

#include <gtest/gtest.h>

namespace runoff {
namespace {

using Rows = std::vector<CsvRow>;

TEST(Csv, QuotesOnlyWhatMustBeQuoted) {
  const CsvRow row{"plain", "", "a,b", "say \"hi\"", "two\nlines", " spaced ", "ü\t;'", "\r"};
  EXPECT_EQ(csv_line(row), "plain,,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\", spaced ,ü\t;',\"\r\"\r\n");
}

TEST(Csv, ReadsTheExamplesOfRfc4180) {
  EXPECT_EQ(parse_csv("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n").rows,
            (Rows{{"aaa", "bbb", "ccc"}, {"zzz", "yyy", "xxx"}}));
  EXPECT_EQ(parse_csv("\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx\r\n").rows,
            (Rows{{"aaa", "b\r\nbb", "ccc"}, {"zzz", "yyy", "xxx"}}));
  EXPECT_EQ(parse_csv("\"aaa\",\"b\"\"bb\",\"ccc\"\r\n").rows, (Rows{{"aaa", "b\"bb", "ccc"}}));
}

TEST(Csv, WhatIsWrittenIsReadBack) {
  const std::string alphabet = "a,\"\r\n ;";
  Rows rows;
  for (std::size_t i = 0; i < 7 * 7 * 7 * 7; ++i) {  // every text of four of these characters
    std::string text;
    for (std::size_t rest = i, k = 0; k < 4; ++k, rest /= 7) text += alphabet[rest % 7];
    rows.push_back({text, "", text + text});
  }
  std::string file;
  for (const auto& row : rows) file += csv_line(row);
  const CsvTable table = parse_csv(file);
  EXPECT_EQ(table.rows, rows);
  EXPECT_EQ(table.complete_bytes, file.size());
  EXPECT_FALSE(table.torn);
}

TEST(Csv, EmptyFieldsAndEmptyText) {
  EXPECT_EQ(parse_csv(",,\r\n").rows, (Rows{{"", "", ""}}));
  EXPECT_EQ(parse_csv("\"\",\"\"\n").rows, (Rows{{"", ""}}));
  EXPECT_TRUE(parse_csv("").rows.empty());
  EXPECT_FALSE(parse_csv("").torn);
}

TEST(Csv, ByteOrderMarkAndLoneLineFeedsAreRead) {
  EXPECT_EQ(parse_csv("\xEF\xBB\xBF"
                      "a,b\n1,2\n")
                .rows,
            (Rows{{"a", "b"}, {"1", "2"}}));
}

TEST(Csv, ByteOrderMarksAreTheFilesOrTheFields) {
  const std::string mark = "\xEF\xBB\xBF";
  EXPECT_EQ(parse_csv(mark + mark + "a,b\n").rows, (Rows{{"a", "b"}}));
  const Rows of_a_field{{mark + "a", "b"}};
  EXPECT_EQ(parse_csv("\"" + mark + "a\",b\n").rows, of_a_field);
  EXPECT_EQ(parse_csv(csv_line(of_a_field[0])).rows, of_a_field);
}

// A write may be cut short at any byte: all whole rows are there, and complete_bytes says where to go on.
TEST(Csv, TornLastRowIsLeftOut) {
  const std::string first = csv_line(CsvRow{"a", "b\r\nb", "c"});
  const std::string last = csv_line(CsvRow{"x", "\"y\"\r\n", "z,"});
  for (std::size_t kept = 1; kept < last.size(); ++kept) {
    const CsvTable table = parse_csv(first + last.substr(0, kept));
    EXPECT_EQ(table.rows, (Rows{{"a", "b\r\nb", "c"}})) << kept;
    EXPECT_TRUE(table.torn) << kept;
    EXPECT_EQ(table.complete_bytes, first.size()) << kept;
  }
}

TEST(Csv, FieldsAreSeparatedAsTheFirstLineHasThem) {
  const CsvTable semicolons = parse_csv("a;b\r\n\"x;y\";1,5\r\n");
  EXPECT_EQ(semicolons.rows, (Rows{{"a", "b"}, {"x;y", "1,5"}}));
  EXPECT_EQ(semicolons.separator, ';');
  EXPECT_EQ(parse_csv("\xEF\xBB\xBF\"a\"\tb\n1\t2;3\n").rows, (Rows{{"a", "b"}, {"1", "2;3"}}));
  EXPECT_EQ(parse_csv("a,b\nx;y,z\n").rows, (Rows{{"a", "b"}, {"x;y", "z"}}));
}

TEST(Csv, ALineBeforeTheHeaderMaySayTheSeparator) {
  const CsvTable table = parse_csv("\xEF\xBB\xBFsep=;\r\na,b;c\r\n1;2\r\nto");
  EXPECT_EQ(table.rows, (Rows{{"a,b", "c"}, {"1", "2"}}));
  EXPECT_EQ(table.separator, ';');
  EXPECT_EQ(table.complete_bytes, std::string_view("\xEF\xBB\xBFsep=;\r\na,b;c\r\n1;2\r\n").size());
  EXPECT_EQ(parse_csv("sep=,\na,b\n").rows, (Rows{{"a", "b"}}));
  EXPECT_EQ(parse_csv("sep=ab,c\n").rows, (Rows{{"sep=ab", "c"}}));
  const Rows no_line{{"sep=", "b"}};
  EXPECT_EQ(parse_csv(csv_line(no_line[0])).rows, no_line);
}

TEST(Csv, BlankRowsAreKnown) {
  EXPECT_TRUE(is_blank(CsvRow{""}));
  EXPECT_TRUE(is_blank(CsvRow{" \t "}));
  EXPECT_TRUE(is_blank(CsvRow{"", "", ""}));
  EXPECT_FALSE(is_blank(CsvRow{"", "0"}));
}

TEST(Csv, SaysWhereTextIsNoCsv) {
  const auto message = [](std::string_view text) -> std::string {
    try {
      parse_csv(text);
    } catch (const CsvError& error) {
      return error.what();
    }
    return "nothing was thrown";
  };
  EXPECT_EQ(message("a\r\nb\"c\r\n"), "line 2: a quote inside a field that does not begin with one");
  EXPECT_EQ(message("\"a\nb\"c\n"), "line 2: text after a closing quote");
  EXPECT_EQ(
      message("a,b\r1,2\r"),
      "its lines end in carriage returns alone, as old Macintosh files; save it as CSV with other line ends");
  using namespace std::string_view_literals;
  for (const auto text : {"\xFF\xFE"
                          "a\0,\0"sv,
                          "\xFE\xFF\0a\0,"sv, "a\0,\0"sv, "\0a\0,"sv})
    EXPECT_EQ(message(text), "it is UTF-16, which spreadsheets call Unicode text; save it as CSV in UTF-8");
  EXPECT_EQ(message("\0\0\0\0"sv),
            "it begins with zero bytes, as files may after a power failure; take a copy of it");
}

// Python's csv writes them on Windows where a file was opened without newline=''.
TEST(Csv, ReadsLinesThatEndTwice) {
  const CsvTable table = parse_csv("a,b\r\r\n1,2\r\r\n\"x\",4\r\r\n");
  EXPECT_EQ(table.rows, (std::vector<CsvRow>{{"a", "b"}, {"1", "2"}, {"x", "4"}}));
  EXPECT_FALSE(table.torn);
}

}  // namespace
}  // namespace runoff
