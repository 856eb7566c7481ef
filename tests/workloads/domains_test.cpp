#include <gtest/gtest.h>

#include "driven.h"

// Every parameter of every workload: the ends of its domain can be had, what lies beyond cannot.

namespace {

using runoff::InvalidParameter;
using runoff::Parameter;
using runoff::Parameters;
using runoff::Unit;
using runoff::testing::Given;
using runoff::testing::load;

class Domains : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (!runoff::testing::is_built(GetParam())) GTEST_SKIP() << "not built here";
  }

  static std::string write(const Parameter& parameter, std::int64_t value) {
    const std::string unit = parameter.unit == Unit::bytes      ? "B"
                             : parameter.unit == Unit::duration ? "ns"
                                                                : "";
    return std::to_string(value) + unit;
  }

  static void make(const Given& given) {
    const auto& plugin = load(GetParam());
    EXPECT_NE(plugin.make(Parameters(plugin.parameters, given)), nullptr);
  }

  static void expect_refused(const std::string& name, const std::string& value) {
    try {
      make({{name, value}});
      ADD_FAILURE() << name << "=" << value << " is accepted";
    } catch (const InvalidParameter& error) {
      const std::string text = error.what();
      EXPECT_NE(text.find("'" + name + "'"), std::string::npos) << text;
      EXPECT_NE(text.find("'" + value + "'"), std::string::npos) << text;
      EXPECT_NE(text.find("take"), std::string::npos) << "says not what would be right: " << text;
    }
  }
};

TEST_P(Domains, AreDescribed) {
  const auto& plugin = load(GetParam());
  EXPECT_EQ(plugin.name, GetParam());
  EXPECT_FALSE(plugin.summary.empty());
  EXPECT_FALSE(plugin.source.empty());
  for (const Parameter& parameter : plugin.parameters) EXPECT_FALSE(parameter.help.empty()) << parameter.name;
}

TEST_P(Domains, DefaultsAreValid) { EXPECT_NO_THROW(make({})); }

TEST_P(Domains, EndsAreValidAndWhatLiesBeyondIsNot) {
  for (const Parameter& parameter : load(GetParam()).parameters) {
    if (parameter.unit == Unit::choice) {
      for (const auto& choice : parameter.choices) EXPECT_NO_THROW(make({{parameter.name, choice}}));
      expect_refused(parameter.name, "nothing-of-the-kind");
      continue;
    }
    EXPECT_NO_THROW(make({{parameter.name, write(parameter, parameter.minimum)}})) << parameter.name;
    EXPECT_NO_THROW(make({{parameter.name, write(parameter, parameter.maximum)}})) << parameter.name;
    expect_refused(parameter.name, write(parameter, parameter.minimum - 1));
    expect_refused(parameter.name, write(parameter, parameter.maximum + 1));
    expect_refused(parameter.name, "many");
    expect_refused(parameter.name, "");
  }
}

INSTANTIATE_TEST_SUITE_P(, Domains,
                         ::testing::Values("primes", "letters", "mandelbrot", "matmul", "image-resize",
                                           "stream", "reduce", "scan", "sleep", "file-write", "file-read",
                                           "like", "like-waiting", "like-graph", "like-tree", "graph", "fib",
                                           "nqueens", "uts", "skynet", "integrate", "merge-sort"));

}  // namespace
