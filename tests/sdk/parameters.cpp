#include "runoff/parameters.h"

#include <gtest/gtest.h>

#include <tuple>

namespace runoff {
namespace {

TEST(Quantities, sizes_and_durations_are_read_with_their_units) {
  EXPECT_EQ(parse_bytes("64KiB"), 65'536);
  EXPECT_EQ(parse_bytes("1MiB"), 1'048'576);
  EXPECT_EQ(parse_bytes("1.5GiB"), 1'610'612'736);
  EXPECT_EQ(parse_bytes("7B"), 7);
  EXPECT_EQ(parse_duration("100ms"), 100'000'000);
  EXPECT_EQ(parse_duration("2s"), 2'000'000'000);
  EXPECT_EQ(parse_duration("1.5us"), 1'500);
  EXPECT_EQ(parse_duration("3min"), 180'000'000'000);
}

TEST(Quantities, what_is_not_one_is_refused) {
  for (const char* text :
       {"", "ms", "10", "10 ms", "-1s", "1e3s", "10msx", ".s", "1.2.3s", "0.001ns", "999999999999s"})
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
  for (const char* text : {"", "64", "64KB", "64kib", "KiB", "9000000000TiB"})
    EXPECT_EQ(parse_bytes(text), std::nullopt) << text;
  for (const char* text : {"", "1.0", "1e6", "0x10", " 1", "1 ", "99999999999999999999"})
    EXPECT_EQ(parse_count(text), std::nullopt) << text;
}

const std::vector<Parameter> known{
    Parameter::count("n", 1000, 1, 1'000'000, "numbers"),
    Parameter::duration("pause", "10ms", std::chrono::nanoseconds(0), std::chrono::seconds(5), "a pause"),
    Parameter::choice("kind", {"fast", "slow"}, "a word"),
    Parameter::optional_count("chunk", 1, 64, "only when given"),
};

TEST(Parameters, defaults_fill_in_and_an_optional_one_stays_away) {
  const Parameters parameters(known, {{"pause", "1s"}});
  EXPECT_EQ(parameters.count("n"), 1000);
  EXPECT_EQ(parameters.duration("pause"), std::chrono::seconds(1));
  EXPECT_EQ(parameters.text("kind"), "fast");
  EXPECT_FALSE(parameters.has("chunk"));
  EXPECT_EQ(parameters.canonical(), "n=1000;pause=1s;kind=fast");
}

TEST(Parameters, the_order_is_that_of_the_list_whatever_was_given) {
  const Parameters parameters(known, {{"kind", "slow"}, {"chunk", "8"}, {"n", "5"}});
  EXPECT_EQ(parameters.canonical(), "n=5;pause=10ms;kind=slow;chunk=8");
}

TEST(Parameters, values_that_are_equal_are_spelled_alike) {
  const Parameter size = Parameter::bytes("size", "1MiB", 0, std::int64_t{1} << 60, "");
  const Parameter time =
      Parameter::duration("time", "1s", std::chrono::nanoseconds(0), std::chrono::hours(99), "");
  const Parameter number = Parameter::count("n", 1, -9, 1'000'000, "");
  for (const auto& [parameter, given, spelled] :
       std::initializer_list<std::tuple<Parameter, const char*, const char*>>{
           {size, "1024B", "1KiB"},
           {size, "1KiB", "1KiB"},
           {size, "1.5KiB", "1536B"},
           {size, "0.5GiB", "512MiB"},
           {size, "1025B", "1025B"},
           {size, "02048KiB", "2MiB"},
           {size, "1048576GiB", "1024TiB"},
           {size, "0GiB", "0B"},
           {size, "0.0B", "0B"},
           {time, "1000ms", "1s"},
           {time, "1.5s", "1500ms"},
           {time, "60s", "1min"},
           {time, "90s", "90s"},
           {time, "0.25us", "250ns"},
           {time, "0ms", "0s"},
           {time, "60min", "60min"},
           {number, "007", "7"},
           {number, "-05", "-5"},
           {number, "-0", "0"},
           {number, "1000000", "1000000"}}) {
    EXPECT_EQ(parameter.canonical(given), spelled) << given;
    EXPECT_EQ(parameter.canonical(spelled), spelled);
    EXPECT_EQ(parameter.parse(given), parameter.parse(spelled)) << given;
  }
  EXPECT_THROW(size.canonical("1KB"), InvalidParameter);
  EXPECT_THROW(number.canonical("+7"), InvalidParameter);
  EXPECT_EQ(Parameter::choice("kind", {"00", "0"}, "").canonical("00"), "00");
  EXPECT_EQ(Parameter::text("from", "", "").canonical("1024B"), "1024B");
}

TEST(Parameters, the_text_of_a_number_is_its_spelling) {
  const Parameters parameters(known, {{"n", "0005"}, {"pause", "2000ms"}});
  EXPECT_EQ(parameters.canonical(), "n=5;pause=2s;kind=fast");
  EXPECT_EQ(parameters.text("pause"), "2s");
  EXPECT_EQ(parameters.duration("pause"), std::chrono::seconds(2));
}

TEST(Parameters, an_option_that_only_goes_with_another_is_left_out_or_refused_elsewhere) {
  const std::vector<runoff::Parameter> declared{
      runoff::Parameter::choice("by", {"threads", "processes"}, ""),
      runoff::Parameter::choice("start", {"fork", "spawn"}, "").only_with("by", {"processes"})};
  EXPECT_EQ(runoff::Parameters(declared, {}).canonical(), "by=threads");
  EXPECT_EQ(runoff::Parameters(declared, {{"by", "processes"}}).canonical(), "by=processes;start=fork");
  try {
    runoff::Parameters(declared, {{"start", "spawn"}});
    FAIL();
  } catch (const runoff::InvalidParameter& error) {
    EXPECT_STREQ(error.what(), "'start' only goes with by=processes");
  }
}

TEST(Parameters, numbers_and_words_can_be_gone_through) {
  const std::vector<runoff::Parameter> declared{runoff::Parameter::bytes("size", "1KiB", 0, 1 << 20, ""),
                                                runoff::Parameter::choice("by", {"hand", "foot"}, "")};
  std::string told;
  runoff::Parameters(declared, {}).each([&told](const std::string& name, const auto& value) {
    if constexpr (std::is_same_v<decltype(value), const std::int64_t&>)
      told += name + " " + std::to_string(value) + ", ";
    else
      told += name + " '" + value + "', ";
  });
  EXPECT_EQ(told, "size 1024, by 'hand', ");
}

TEST(Parameters, a_mistake_is_named_with_what_would_be_right) {
  const auto message = [](std::map<std::string, std::string> given) -> std::string {
    try {
      Parameters(known, given);
    } catch (const InvalidParameter& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_EQ(message({{"n", "abc"}}), "'n' cannot be 'abc'; it takes a whole number from 1 to 1000000");
  EXPECT_EQ(message({{"n", "0"}}), "'n' cannot be '0'; it takes a whole number from 1 to 1000000");
  EXPECT_EQ(message({{"n", "1000001"}}),
            "'n' cannot be '1000001'; it takes a whole number from 1 to 1000000");
  EXPECT_EQ(message({{"kind", "medium"}}), "'kind' cannot be 'medium'; it takes one of fast, slow");
  EXPECT_NE(message({{"pause", "6s"}}).find("'pause' cannot be '6s'"), std::string::npos);
  EXPECT_EQ(message({{"m", "1"}}), "there is no parameter 'm'");
}

}  // namespace
}  // namespace runoff
