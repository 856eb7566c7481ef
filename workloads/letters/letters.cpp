#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "oracle.h"
#include "runoff/memory.h"
#include "runoff/python_form.h"
#include "runoff/workload_plugin.h"
#include "text.h"

namespace {

using letters::Totals;

/// 26 texts, and numeric work on each. A word is a longest run of letters; words are numbered from 1. In
/// round r of the text of letter l, the letter number l + r (after z comes a) is worth 1, the next 2, and so
/// on to 26. A word scores its number times what its letters are worth; a text scores what its words score in
/// all rounds together, modulo 2^64. A task is a text.
class Letters final : public runoff::Independent, public runoff::PythonForm {
 public:
  explicit Letters(const runoff::Parameters& parameters)
      : size_(static_cast<std::size_t>(parameters.bytes("size"))),
        rounds_(static_cast<std::uint64_t>(parameters.count("rounds"))) {}

  std::size_t tasks() const override { return letters::texts; }
  runoff::ResultLayout result() const override { return runoff::result_of<Totals>(); }

  void layout(runoff::Memory& memory) override {
    for (std::span<char>& text : texts_) text = memory.array<char>(size_);
  }

  void fill(const runoff::Memory&) override {
    for (std::size_t letter = 0; letter < letters::texts; ++letter) {
      runoff::Memory::populate(std::as_bytes(texts_[letter]));
      letters::write_text(texts_[letter], letter);
    }
  }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t letter = range.first; letter < range.last; ++letter) {
      Totals totals;
      for (std::uint64_t round = 0; round < rounds_; ++round) {
        const Totals one = read(texts_[letter], (letter + round) % 26);
        totals.words = one.words;
        totals.score += one.score;
      }
      results.at<Totals>(letter) = totals;
    }
  }

  const runoff::PythonForm* python() const override { return this; }
  std::span<const std::byte> python_input(std::size_t letter) const override {
    return std::as_bytes(texts_[letter]);
  }
  void take_python(const runoff::PythonAnswer& answer, runoff::Results results) const override {
    runoff::copy_python(answer, results);
  }

  runoff::Check check(runoff::Results results) const override {
    for (std::size_t letter = 0; letter < letters::texts; ++letter) {
      const Totals& found = results.at<Totals>(letter);
      const auto shipped = letters::shipped_totals(size_, rounds_, letter);
      const Totals expected =
          shipped ? *shipped : letters::count_totals({texts_[letter].data(), size_}, rounds_, letter);
      if (found != expected)
        return runoff::Check::wrong(std::string("the text of letter ") + static_cast<char>('a' + letter) +
                                    " has " + std::to_string(expected.words) + " words and scores " +
                                    std::to_string(expected.score) + ", not " + std::to_string(found.words) +
                                    " and " + std::to_string(found.score));
    }
    return runoff::Check::ok();
  }

 private:
  /// Reads a text once, with `first` as the letter that is worth 1.
  static Totals read(std::span<const char> text, std::size_t first) {
    std::array<std::uint64_t, 256> worth{};  // a space is worth nothing
    for (std::size_t i = 0; i < 26; ++i) worth['a' + (first + i) % 26] = i + 1;
    Totals totals;
    bool in_word = false;
    for (const char character : text) {
      const bool is_letter = character != ' ';
      totals.words += is_letter && !in_word;
      totals.score += totals.words * worth[static_cast<unsigned char>(character)];
      in_word = is_letter;
    }
    return totals;
  }

  std::size_t size_;
  std::uint64_t rounds_;
  std::array<std::span<char>, letters::texts> texts_;
};

}  // namespace

RUNOFF_WORKLOAD(
    Letters,
    {
        .name = "letters",
        .summary = "scores the words of 26 texts, one for each letter",
        .bound = runoff::Bound::cpu,
        .source = "totals computed by totals.py, beside the source; other sizes: weighted letter counts",
        .checked_at = {"size=4KiB"},
        .parameters = {runoff::Parameter::bytes("size", "1MiB", 0, 64 << 20, "how long each text is"),
                       runoff::Parameter::count("rounds", 1, 1, 1'000'000, "how often each text is scored")},
    })
