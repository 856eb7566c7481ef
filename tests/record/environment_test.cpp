#include "record/environment.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace runoff {
namespace {

TEST(Environment, SaysHowEachRuntimeWasUsed) {
  BackendModule loop, ranks;
  loop.name = "loop";
  loop.runtime = "Loop 1.0";
  loop.environment = {{"LOOP_SPIN", "0"}};
  loop.options = {Parameter::choice("mode", {"a", "b"}, ""),
                  Parameter::count("under-way", 10, 1, 100, "").sets_concurrency()};
  ranks.name = "ranks";
  ranks.launcher = "start -n {workers}";
  const std::vector<const BackendModule*> backends{&loop, &ranks};
  const Plan plan;
  const auto runtimes_with = [&](std::map<std::string, std::string> launchers) {
    return describe_environment({}, {.plan = plan,
                                     .backends = backends,
                                     .workloads = {},
                                     .command_line = {},
                                     .launchers = std::move(launchers)})
        .at("runtimes");
  };
  const auto runtimes = runtimes_with({});
  EXPECT_EQ(runtimes.at("loop"), nlohmann::ordered_json::parse(
                                     R"({"runtime": "Loop 1.0", "environment": {"LOOP_SPIN": "0"},
                                         "concurrency_option": "under-way"})"));
  EXPECT_EQ(runtimes.at("ranks").at("concurrency_option"), nullptr);
  EXPECT_EQ(runtimes.at("ranks").at("launcher"), "start -n {workers}");
  const auto others = runtimes_with({{"ranks", "go"}, {"loop", "stay"}});
  EXPECT_EQ(others.at("ranks").at("launcher"), "go");
  EXPECT_FALSE(others.at("loop").contains("launcher"));
}

}  // namespace
}  // namespace runoff
