#include "record/environment.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

namespace runoff {
namespace {

TEST(Environment, SaysHowEachRuntimeWasUsed) {
  BackendModule loop, ranks;
  loop.name = "loop";
  loop.runtime = "Loop 1.0";
  loop.environment = {{"LOOP_SPIN", "0"}};
  loop.variants_environment = {{{{"mode", "b"}}, {{"LOOP_SPIN", "9"}}}};
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
  EXPECT_EQ(runtimes.at("loop"),
            nlohmann::ordered_json::parse(
                R"({"runtime": "Loop 1.0", "environment": {"LOOP_SPIN": "0"}, "how_to_get": {},
                                         "concurrency_option": "under-way",
                                         "variants_environment": {"mode=b": {"LOOP_SPIN": "9"}}})"));
  EXPECT_EQ(runtimes.at("ranks").at("concurrency_option"), nullptr);
  EXPECT_EQ(runtimes.at("ranks").at("launcher"), "start -n {workers}");
  const auto others = runtimes_with({{"ranks", "go"}, {"loop", "stay"}});
  EXPECT_EQ(others.at("ranks").at("launcher"), "go");
  EXPECT_FALSE(others.at("loop").contains("launcher"));
}

TEST(Environment, SaysWhatIsTheSameForAllCells) {
  ::setenv("MALLOC_ARENA_MAX", "3", 1);
  Plan plan;
  plan.placement = Placement::compact;
  const std::vector<Finding> found{{.name = "boost", .level = Level::warn, .seen = "on"}};
  const auto environment = describe_environment({{2, 0}, 2, 0}, {.plan = plan,
                                                                 .backends = {},
                                                                 .workloads = {},
                                                                 .command_line = {},
                                                                 .launchers = {},
                                                                 .doctor = found,
                                                                 .cleared = {{"OMP_SCHEDULE", "static"}}});
  ::unsetenv("MALLOC_ARENA_MAX");
  EXPECT_EQ(environment.at("environment_variables").at("MALLOC_ARENA_MAX"), "3");
  EXPECT_FALSE(environment.at("environment_variables").contains("OMP_SCHEDULE"));
  EXPECT_EQ(environment.at("environment_variables_cleared").at("OMP_SCHEDULE"), "static");
  EXPECT_EQ(environment.at("placement").at("policy"), "compact");
  EXPECT_EQ(environment.at("placement").at("order_of_cores"), (std::vector<int>{2, 0}));
  EXPECT_EQ(environment.at("doctor"),
            nlohmann::ordered_json::parse(R"({"boost": {"level": "warn", "seen": "on"}})"));
  EXPECT_EQ(environment.at("priority").at("nice"), ::getpriority(PRIO_PROCESS, 0));
  EXPECT_TRUE(std::filesystem::exists(environment.at("allocator").at("library").get<std::string>()));
}

TEST(Environment, SaysWhichBuildsWereMeasuredAndWhetherTheyAreEqual) {
  BackendModule fast, slow;
  WorkloadModule sums;
  fast.name = "fast";
  slow.name = "slow";
  sums.name = "sums";
  for (ModuleFacts* module : std::initializer_list<ModuleFacts*>{&fast, &slow, &sums})
    module->compilation = {.compiler = "GCC 12", .optimised = true, .flags = "-O3"};
  const std::vector<const BackendModule*> backends{&fast, &slow};
  const std::vector<const WorkloadModule*> workloads{&sums};
  Plan plan;
  plan.modules = {{"backend fast", "12"}, {"backend slow", "34"}, {"workload sums", "56"}};
  const auto described = [&] {
    return describe_environment(
        {},
        {.plan = plan, .backends = backends, .workloads = workloads, .command_line = {}, .launchers = {}});
  };
  auto found = described();
  EXPECT_EQ(found.at("modules").at("backend slow").at("hash"), "34");
  EXPECT_EQ(found.at("modules").at("workload sums").at("compilation").at("flags"), "-O3");
  EXPECT_TRUE(found.at("unequal_terms").empty());

  slow.compilation.optimised = false;
  found = described();
  ASSERT_EQ(found.at("unequal_terms").size(), 1U);
  EXPECT_EQ(found.at("unequal_terms")[0].get<std::string>().substr(0, 39),
            "slow was compiled without optimisation,");
  fast.compilation.optimised = sums.compilation.optimised = false;  // slow, but fair
  EXPECT_TRUE(described().at("unequal_terms").empty());
  slow.compilation.sanitizer = "thread";
  sums.compilation.assertions = true;
  EXPECT_EQ(described().at("unequal_terms").size(), 2U);
}

}  // namespace
}  // namespace runoff
