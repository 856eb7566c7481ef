#include "catalog/describe.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "catalog/hash.h"
#include "catalog/variants.h"
#include "support/json.h"
#include "support/temporary.h"

namespace runoff {
namespace {

using nlohmann::json;

TEST(Describe, ReadsABackend) {
  const BackendModule backend = backend_from(json::parse(R"({
    "kind": "backend", "name": "team", "summary": "s", "source": "book", "runtime": "Team 1.0",
    "options": [{"name": "mode", "unit": "choice", "default": "a", "choices": ["a", "b"], "help": "h"},
                {"name": "chunk", "unit": "count", "default": "", "minimum": 1, "maximum": 9, "concurrency": true},
                {"name": "threads", "unit": "count", "default": "", "minimum": 1, "maximum": 9, "workers_of_process": true}],
    "environment": {"TEAM_SPIN": "0", "TEAM_BIND": "false"},
    "variants_environment": {"mode=b": {"TEAM_SPIN": "9"}},
    "launcher": "start -n {workers}", "launcher_on_hosts": "start {hosts}", "shares_memory": false, "most_workers": 4})"));
  EXPECT_TRUE(backend.available);
  EXPECT_EQ(backend.name, "team");
  EXPECT_EQ(backend.runtime, "Team 1.0");
  EXPECT_EQ(backend.environment, (Pairs{{"TEAM_BIND", "false"}, {"TEAM_SPIN", "0"}}));
  EXPECT_EQ(backend.environment_in({{"chunk", "3"}, {"mode", "a"}}), backend.environment);
  EXPECT_EQ(backend.environment_in({{"chunk", "3"}, {"mode", "b"}}),
            (Pairs{{"TEAM_BIND", "false"}, {"TEAM_SPIN", "0"}, {"TEAM_SPIN", "9"}}));
  EXPECT_EQ(backend.launcher, "start -n {workers}");
  EXPECT_EQ(backend.launcher_on_hosts, "start {hosts}");
  EXPECT_FALSE(backend.shares_memory);
  EXPECT_EQ(backend.most_workers, 4U);
  ASSERT_NE(backend.concurrency_option(), nullptr);
  EXPECT_EQ(backend.concurrency_option()->name, "chunk");
  EXPECT_EQ(backend.workers_of_process({{"chunk", "3"}, {"threads", "4"}}), 4U);
  EXPECT_EQ(backend.workers_of_process({{"chunk", "3"}}), 1U);
  ASSERT_EQ(backend.options.size(), 3U);
  EXPECT_EQ(backend.options[0].choices, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(backend.options[1].maximum, 9);
  const auto variants = all_variants(backend.options);
  ASSERT_EQ(variants.size(), 2U);
  EXPECT_EQ(variants[0].canonical(), "mode=a");
}

TEST(Describe, AnOptionalChoiceIsOnlyThereWhenItIsGiven) {
  const std::vector<Parameter> options{Parameter::choice("mode", {"a", "b"}, ""),
                                       Parameter::optional_choice("wait", {"long", "short"}, "")};
  EXPECT_EQ(known_variants(options), (std::vector<std::string>{"mode=a", "mode=b"}));
  EXPECT_EQ(Parameters(options, {{"wait", "short"}}).canonical(), "mode=a;wait=short");
  EXPECT_THROW(Parameters(options, {{"wait", "never"}}), InvalidParameter);
}

TEST(Describe, NumbersThatAreNoneAreRefused) {
  for (const char* number : {"-1", "1.5", "1e300", "4294967296", "18446744073709551615", "\"4\"", "null"})
    EXPECT_THROW(backend_from(json::parse(std::string(R"({"name": "a", "most_workers": )") + number + "}")),
                 JsonError)
        << number;
}

TEST(Describe, ReadsWhereABackendIsToBeHadFrom) {
  const BackendModule backend = backend_from(json::parse(R"({
    "kind": "backend", "name": "team", "available": false, "reason": "no team", "package": "team-bin", "python": true,
    "origins": [{"variant": "by=pool;wait=spin", "text": "our own"}, {"variant": "", "text": "libteam-dev"}]})"));
  EXPECT_FALSE(backend.available);
  EXPECT_EQ(backend.reason + ", " + backend.package, "no team, team-bin");
  EXPECT_TRUE(backend.python);
  EXPECT_EQ(backend.origin({{"by", "pool"}, {"n", "1"}, {"wait", "spin"}}), "our own");
  EXPECT_EQ(backend.origin({{"by", "pool"}, {"wait", "sleep"}}), "libteam-dev");
  EXPECT_EQ(BackendModule().origin({}), "");
}

TEST(Describe, ReadsAWorkload) {
  const WorkloadModule workload = workload_from(json::parse(R"({
    "kind": "workload", "name": "sums", "bound": "cpu", "shape": "independent",
    "parameters": [{"name": "time", "unit": "duration", "default": "1s", "minimum": 0, "maximum": 5000000000}]})"));
  EXPECT_EQ(workload.bound, "cpu");
  EXPECT_EQ(workload.reference, "serial");
  EXPECT_EQ(workload.parameters.at(0).unit, Unit::duration);
  EXPECT_EQ(Parameters(workload.parameters, {{"time", "20ms"}}).canonical(), "time=20ms");
}

TEST(Describe, WhatIsNotSaidIsTheUsual) {
  const BackendModule backend = backend_from(json::parse(R"({"kind": "backend", "name": "team"})"));
  EXPECT_TRUE(backend.shares_memory);
  EXPECT_EQ(backend.launcher, "");
  EXPECT_EQ(backend.most_workers, 0U);
  EXPECT_EQ(backend.concurrency_option(), nullptr);
}

TEST(Describe, KeepsHowAModuleWasCompiled) {
  const auto how = json::parse(R"({"compiler": "GCC 12", "optimised": true, "assertions": true,
                                   "sanitizer": "thread", "flags": "-O2 -g"})");
  const auto module = json{{"name", "team"}, {"compilation", how}};
  EXPECT_EQ(json(to_json(backend_from(module).compilation)), how);
  EXPECT_EQ(backend_from(json::parse(R"({"name": "team"})")).compilation.compiler, "");
}

TEST(Hash, TellsContentsApartAndNothingElse) {
  const TemporaryFolder folder;
  write_text(folder.path() / "a", "one build");
  write_text(folder.path() / "b", "one build");
  write_text(folder.path() / "c", "one built");
  EXPECT_EQ(hash_of(folder.path() / "a"), hash_of(folder.path() / "b"));
  EXPECT_NE(hash_of(folder.path() / "a"), hash_of(folder.path() / "c"));
  // RFC 4122: version 5; by Python's uuid.uuid5(uuid.NAMESPACE_OID, "one build").
  EXPECT_EQ(hash_of(folder.path() / "a"), "daa26cd1-5ecc-52a8-977c-a7c679c8c053");
}

TEST(Describe, RefusesWhatIsNone) {
  EXPECT_ANY_THROW(backend_from(json::parse(R"({"summary": "no name"})")));
  EXPECT_ANY_THROW(workload_from(json::parse(R"({"name": "sums"})")));
  EXPECT_ANY_THROW(parameter_from(json::parse(R"({"name": "n", "unit": "parsecs", "default": "1"})")));
}

TEST(Describe, WritesWhatItRead) {
  const auto text = json::parse(R"({"name": "n", "unit": "count", "default": "7", "minimum": 1, "maximum": 9,
                                    "shape": "recursive", "concurrency": true, "workers_of_process": true, "help": "h"})");
  EXPECT_EQ(json(to_json(parameter_from(text))), text);
}

}  // namespace
}  // namespace runoff
