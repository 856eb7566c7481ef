#include "support/shell.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <utility>

namespace runoff {
namespace {

using Words = std::vector<std::string>;

/// What sh itself finds in the text.
Words words_of_shell(const std::string& text) {
  Words words;
  FILE* const shell = ::popen(("printf '%s\\0' " + text).c_str(), "r");
  std::string word;
  for (int c; (c = std::fgetc(shell)) != EOF;)
    if (c != 0)
      word += static_cast<char>(c);
    else
      words.push_back(std::exchange(word, {}));
  ::pclose(shell);
  return words;
}

TEST(ShellWords, AreThoseThatAShellFinds) {
  for (const char* text : {"a", "  a\tb  c ", "'a b' c", "\"a b\" c", "a'b'\"c\"d", "'' \"\"",
                           "a\\ b \\\\ \\' \\\"", "'a\\b'", "\"a\\b\"", "\"a\\\"b\\\\c\\$d\"",
                           "\"it's\" '\"'", "a\\\nb", "a \\\n b", "\"a\\\nb\"", "mpirun -n '{workers}'"})
    EXPECT_EQ(shell_words(text), words_of_shell(text)) << text;
  EXPECT_EQ(shell_words(""), Words{});
  EXPECT_EQ(shell_words(" \t\n"), Words{});
}

TEST(ShellWords, EndBeforeTheirTextDoes) {
  for (const char* text : {"'a", "\"a", "a '", "a\\", "\"a\\\"", "it's"})
    EXPECT_EQ(shell_words(text), std::nullopt) << text;
}

TEST(ShellWords, ComeBackAsTheyWereQuoted) {
  for (const std::string word : {"a", "", "a b", "it's", "\"", "\\", "$x `y` \n\t*", "{workers}", "-n"}) {
    EXPECT_EQ(shell_words(shell_quoted(word)), Words{word});
    EXPECT_EQ(words_of_shell(shell_quoted(word)), Words{word});
  }
}

}  // namespace
}  // namespace runoff
