#include "report/benchmark_json.h"

#include <array>
#include <cstdio>

#include "folder.h"
#include "support/json.h"

namespace runoff {
namespace {

Json json_of(const std::vector<Sample>& samples) {
  std::string text;
  benchmark_json({{}, samples, {"Example", 2, "here", "2026-01-31T12:00:00Z", ""}}, Names(samples),
                 [&text](std::string_view piece) { text += piece; });
  Json json = Json::parse(text);
  EXPECT_EQ(text, json.dump(2) + "\n");
  return json;
}

std::vector<Sample> timed(std::int64_t wall) {
  std::vector<Sample> made = constant("tbb", 2, wall, 3);
  for (Sample& sample : made) {
    sample.iterations = 4;
    sample.cpu_ns = 2 * wall;
  }
  return made;
}

TEST(BenchmarkJson, OneEntryASample) {
  const Json json = json_of(constant("serial", 1, 9, 2) + timed(5));
  EXPECT_EQ(json["context"]["num_cpus"], 2);
  EXPECT_EQ(json["context"]["host_name"], "here");
  ASSERT_EQ(json["benchmarks"].size(), 5U);
  EXPECT_EQ(json["benchmarks"][4], Json::parse(R"({"name": "primes/tbb/workers:2", "family_index": 1,
      "per_family_instance_index": 0, "run_name": "primes/tbb/workers:2", "run_type": "iteration", "repetitions": 3,
      "repetition_index": 2, "threads": 2, "iterations": 4, "real_time": 5, "cpu_time": 10, "time_unit": "ns"})"));
}

TEST(BenchmarkJson, RepetitionsStandTogetherInTheOrderOfTheirRounds) {
  std::vector<Sample> mixed = constant("serial", 1, 9, 2) + timed(5);
  std::swap(mixed[0], mixed[4]);
  const Json json = json_of(mixed);
  std::vector<std::string> order;
  for (const auto& entry : json["benchmarks"])
    order.push_back(entry["name"].get<std::string>() + "#" +
                    std::to_string(entry["repetition_index"].get<int>()));
  EXPECT_EQ(order, (std::vector<std::string>{"primes/tbb/workers:2#0", "primes/tbb/workers:2#1",
                                             "primes/tbb/workers:2#2", "primes/serial/workers:1#0",
                                             "primes/serial/workers:1#1"}));
}

TEST(BenchmarkJson, WhatFailedSaysSo) {
  std::vector<Sample> bad = constant("mpi", 2, 9, 1);
  bad[0].status = Status::crashed;
  bad[0].detail = "signal 11";
  const Json entry = json_of(bad)["benchmarks"][0];
  EXPECT_EQ(entry["error_occurred"], true);
  EXPECT_EQ(entry["error_message"], "crashed: signal 11");
  EXPECT_EQ(entry["iterations"], 0);
  EXPECT_EQ(entry["real_time"], 0);
}

// The real one, of Debian's libbenchmark-tools. It asks for SciPy, which is not there: see stand_in.
TEST(BenchmarkJson, GoogleBenchmarksOwnCompareReadsIt) {
  if (!std::filesystem::exists(COMPARE))
    GTEST_SKIP() << COMPARE << " is not there: apt-get install libbenchmark-tools";
  const Folder folder;
  std::vector<Sample> bad = constant("mpi", 2, 9, 2);
  bad[1].status = Status::timeout;
  folder.write("old.json", json_of(timed(1000) + constant("serial", 1, 2000, 3) + bad).dump());
  folder.write("new.json", json_of(timed(1500) + constant("serial", 1, 1000, 3) + bad).dump());
  const std::string command = std::string("PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=") + STAND_IN + " " + PYTHON +
                              " " + COMPARE + " --no-color --no-utest benchmarks " +
                              (folder.path() / "old.json").string() + " " +
                              (folder.path() / "new.json").string() + " 2>&1";
  std::FILE* pipe = ::popen(command.c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  std::string said;
  std::array<char, 4096> buffer;
  while (const std::size_t read = std::fread(buffer.data(), 1, buffer.size(), pipe))
    said.append(buffer.data(), read);
  EXPECT_EQ(::pclose(pipe), 0) << said;
  const auto line = [&said](const std::string& name) {
    const std::size_t place = said.find(name);
    return place == said.npos ? name + " is missing in\n" + said
                              : said.substr(place, said.find('\n', place) - place);
  };
  EXPECT_NE(line("primes/tbb/workers:2").find("+0.5000         +0.5000          1000          1500"),
            std::string::npos)
      << line("primes/tbb/workers:2");
  EXPECT_NE(line("primes/serial/workers:1").find("-0.5000"), std::string::npos)
      << line("primes/serial/workers:1");
}

}  // namespace
}  // namespace runoff
