#include "advise/description.h"

#include <gtest/gtest.h>

#include "support/errors.h"

namespace runoff {
namespace {

/// The words of options, as `options_of` gives them.
DescriptionWords words_of(const std::vector<std::string>& options) {
  DescriptionWords words;
  for (std::size_t i = 0; i + 1 < options.size(); i += 2) {
    const std::string& value = options[i + 1];
    if (options[i] == "--tasks") words.tasks = value;
    if (options[i] == "--task") words.task = value;
    if (options[i] == "--spread") words.spread = value;
    if (options[i] == "--wait") words.wait = value;
    if (options[i] == "--payload") words.payload = value;
    if (options[i] == "--memory") words.memory = value;
    if (options[i] == "--depends") words.depends = value;
    if (options[i] == "--width") words.width = value;
    if (options[i] == "--arrive") words.arrive = value;
  }
  return words;
}

TEST(Description, WordsAreRead) {
  const Description read = read_description(
      {.tasks = "500", .task = "1.5ms", .spread = "2.5", .wait = "30%", .payload = "4KiB", .memory = "1MiB"});
  EXPECT_EQ(read.tasks, 500);
  EXPECT_DOUBLE_EQ(read.task_ns, 1.5e6);
  EXPECT_DOUBLE_EQ(read.spread, 2.5);
  EXPECT_DOUBLE_EQ(read.wait, 0.3);
  EXPECT_EQ(read.payload, 4096);
  EXPECT_EQ(read.memory, 1 << 20);
  EXPECT_DOUBLE_EQ(read.serial_ns(), 750e6);
  EXPECT_EQ(read_description({.task = "1us", .wait = "0.3"}).wait, 0.3);
}

TEST(Description, WhatItSaysIsReadAsTheSame) {
  for (const DescriptionWords& words :
       {DescriptionWords{.task = "20us"},
        DescriptionWords{.tasks = "26", .task = "40ms", .wait = "99%", .payload = "144B"},
        DescriptionWords{.tasks = "7", .task = "3ns", .spread = "1.33", .memory = "123456789B"},
        DescriptionWords{.task = "1.23ms", .depends = "stencil", .width = "12"},
        DescriptionWords{.task = "2s", .depends = "tree"},
        DescriptionWords{.task = "1us", .arrive = "500/s"}}) {
    const Description read = read_description(words);
    EXPECT_EQ(read_description(words_of(options_of(read))), read) << to_text(read);
  }
}

TEST(Description, LengthsAreWrittenToThreeDigits) {
  Description one{.task_ns = 31'715.4};
  EXPECT_EQ(options_of(one)[3], "31.7us");
  one.task_ns = 999'700;
  EXPECT_EQ(options_of(one)[3], "1ms");
  one.task_ns = 0.4;
  EXPECT_EQ(options_of(one)[3], "1ns");
}

TEST(Description, AsManyTasksAsArriveInAWhile) {
  EXPECT_EQ(read_description({.task = "1us", .arrive = "4000/s"}).tasks, 1000);
  EXPECT_EQ(read_description({.task = "1us", .arrive = "1/s"}).tasks, 20);
  // They take as long as they arrive, or as long as one worker takes for them.
  EXPECT_DOUBLE_EQ(read_description({.tasks = "100", .task = "1us", .arrive = "1000/s"}).serial_ns(), 100e6);
  EXPECT_DOUBLE_EQ(read_description({.tasks = "100", .task = "9ms", .arrive = "1000/s"}).serial_ns(), 900e6);
}

void expect_refused(const DescriptionWords& words, const std::string& says) {
  try {
    read_description(words);
    ADD_FAILURE() << "accepted; it was to say " << says;
  } catch (const UsageError& error) {
    EXPECT_NE(std::string(error.what()).find(says), std::string::npos) << error.what();
  }
}

TEST(Description, WhatCannotBeIsRefusedWithWhatCan) {
  expect_refused({}, "--task is missing");
  expect_refused({.task = "0us"}, "20us");
  expect_refused({.task = "1h"}, "up to 60s");
  expect_refused({.task = "61s"}, "up to 60s");
  expect_refused({.tasks = "0", .task = "1us"}, "from 1 to");
  expect_refused({.tasks = "2.5", .task = "1us"}, "whole number");
  expect_refused({.task = "1us", .spread = "0.9"}, "1 (tasks are all alike)");
  expect_refused({.task = "1us", .spread = "nan"}, "--spread");
  expect_refused({.task = "1us", .wait = "100%"}, "up to 99%");
  expect_refused({.task = "1us", .wait = "-1"}, "--wait");
  expect_refused({.task = "1us", .payload = "much"}, "4KiB");
  expect_refused({.task = "1us", .memory = "2TiB"}, "--memory");
  expect_refused({.task = "1us", .depends = "stencl"}, "did you mean 'stencil'?");
  expect_refused({.task = "1us", .width = "4"}, "--depends stencil");
  expect_refused({.task = "1us", .payload = "1B", .depends = "tree"}, "--payload");
  expect_refused({.task = "1us", .depends = "tree", .arrive = "5/s"}, "--arrive");
  expect_refused({.task = "1us", .arrive = "5"}, "500/s");
}

TEST(Description, ShapesAreThoseOfWorkloads) {
  EXPECT_EQ(shape_of(Depends::none), "independent");
  EXPECT_EQ(shape_of(Depends::stencil), "dependent");
  EXPECT_EQ(shape_of(Depends::tree), "recursive");
}

}  // namespace
}  // namespace runoff
