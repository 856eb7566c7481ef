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
  EXPECT_EQ(parse_csv("a,b,c\r\n,,\r\n").rows, (Rows{{"a", "b", "c"}, {"", "", ""}}));
  EXPECT_EQ(parse_csv("a,b\n\"\",\"\"\n").rows, (Rows{{"a", "b"}, {"", ""}}));
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

TEST(Csv, SpreadsheetsSayTheSeparatorInQuotesAndCapitals) {
  for (const char* line : {"\"sep=;\"", "SEP=;", "Sep=;;;", "\"SEP=;\";;"}) {
    const CsvTable table = parse_csv(std::string(line) + "\r\na,b;c\r\n1;2\r\n");
    EXPECT_EQ(table.rows, (Rows{{"a,b", "c"}, {"1", "2"}})) << line;
    EXPECT_EQ(table.separator, ';') << line;
  }
  EXPECT_EQ(parse_csv("\"sep=,\"\na,b\n").rows, (Rows{{"a", "b"}}));
}

TEST(Csv, BlankRowsBeforeTheFirstAreLeftOut) {
  for (const char* blank : {"\n", "\r\n\r\n", ";;\n", "\"\";\"\"\n", " \t\n", "sep=;\n;;\n", "\nsep=;\n"}) {
    const std::string text = std::string(blank) + "a;b\n\n1;2\n";
    const CsvTable table = parse_csv(text);
    EXPECT_EQ(table.rows, (Rows{{"a", "b"}, {""}, {"1", "2"}})) << blank;
    EXPECT_EQ(table.separator, ';') << blank;
    EXPECT_EQ(table.complete_bytes, text.size()) << blank;
  }
  EXPECT_TRUE(parse_csv("\n,,\n").rows.empty());
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
  EXPECT_EQ(message("\x1F\x8B\b\0\0\0\0\0\0\x03\r\x8D"sv), "it is compressed by gzip; unpack it");
  for (const auto binary : {"\xFF\xFE\0\0r\0\0\0"sv, "\0\0\xFE\xFF\0\0\0r"sv, "r\0\0\0u\0\0\0"sv,
                            "\0\0\0r\0\0\0u"sv, "\x89PNG\r\n\x1A\n"sv,
                            "\x7F"
                            "ELF\x02\x01\x01\0"sv,
                            "a\0bc"sv, "\0\x01xy"sv})
    EXPECT_EQ(message(binary), "it is no text in UTF-8");
}

TEST(Csv, TextOfACodePageIsRefused) {
  const auto message = [](std::string_view text) -> std::string {
    try {
      parse_csv(text);
    } catch (const CsvError& error) {
      return error.what();
    }
    return "nothing was thrown";
  };
  const std::string how = " is no text in UTF-8; save the file as CSV in UTF-8";
  EXPECT_EQ(message("a,b\r\n1,gr\xF6\xDF"
                    "er\r\n"),
            "line 2: field 2" + how);
  EXPECT_EQ(message("a\n\"two\nlines\"\ncaf\xE9\n"), "line 4: field 1" + how);
  EXPECT_EQ(message("caf\xE9;b\n"), "line 1: field 1" + how);
  EXPECT_EQ(message("a,b\ngr\u00F6\u00DFer,\u2026\U0001F600\n"), "nothing was thrown");
  // A write may be cut short within a character.
  EXPECT_TRUE(parse_csv("a,b\n1,\xC3").torn);
}

// Python's csv writes them on Windows where a file was opened without newline=''.
TEST(Csv, ReadsLinesThatEndTwice) {
  const CsvTable table = parse_csv("a,b\r\r\n1,2\r\r\n\"x\",4\r\r\n");
  EXPECT_EQ(table.rows, (std::vector<CsvRow>{{"a", "b"}, {"1", "2"}, {"x", "4"}}));
  EXPECT_FALSE(table.torn);
}

}  // namespace
}  // namespace runoff
