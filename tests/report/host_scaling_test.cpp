#include "folder.h"
#include "report/host_scaling_csv.h"
#include "report/host_scaling_text.h"
#include "report/load.h"

namespace runoff {
namespace {

const std::vector<WorkersOnHosts> places{{"mpi", 8, {{"a", 8}}}, {"mpi", 16, {{"a", 8}, {"b", 8}}}};

std::vector<Sample> sent() {
  auto all = constant("mpi", 8, 1'000'000) + constant("mpi", 16, 5'000'000);
  for (Sample& sample : all) {
    sample.bound = "runtime";
    sample.tasks = 100;
  }
  return all;
}

TEST(HostScalingReport, TheTableHasTheStepFromOneHostToSeveral) {
  const auto samples = sent();
  const auto cells = gather_cells(samples);
  const auto curves = host_curves(cells, {}, places);
  ASSERT_EQ(curves.size(), 1U);
  const std::string gap(77, ' ');
  EXPECT_EQ(
      host_scaling_text(curves[0], Names(samples), Page{}),
      "primes: mpi on 1 to 2 hosts\n"
      "  workers  hosts     time  gain                   efficiency             added a task                 "
      "where\n"
      "        8      1  1.00 ms" +
          gap +
          "a\n"
          "                           beyond one host:\n"
          "       16      2  5.00 ms  0.200 (0.200 – 0.200)  0.100 (0.100 – 0.100)  40.0 µs (40.0 µs – 40.0 "
          "µs)  "
          "8 on each\n"
          "  Strong scaling. Gain: how much faster, against 8 workers on one host; efficiency: that by how "
          "many times\n"
          "  more workers there are, 1 is ideal. Added: how much longer than there a task takes, which is "
          "what the\n"
          "  network costs. Intervals: 95 %.\n");
}

TEST(HostScalingReport, TheFileHasARowForEachNumberOfWorkers) {
  const auto samples = sent();
  const auto cells = gather_cells(samples);
  const auto curves = host_curves(cells, {}, places);
  const std::string text = host_scaling_csv(curves, Names(samples));
  EXPECT_NE(text.find("\r\nprimes,n=1000,mpi,,,8,1,a=8,6,1000000,,,,,,,,,,mpi\r\n"), std::string::npos)
      << text;
  EXPECT_NE(
      text.find(
          "\r\nprimes,n=1000,mpi,,,16,2,a=8;b=8,6,5000000,0.2,0.2,0.2,0.1,0.1,0.1,40000,40000,40000,mpi\r\n"),
      std::string::npos)
      << text;
}

TEST(HostScalingReport, ManyHostsAreCounted) {
  WorkersOnHosts where{"mpi", 80, {}};
  for (const char* host : {"a", "b", "c", "d", "e"}) where.hosts.emplace_back(host, 16);
  EXPECT_EQ(where_text(where), "16 on each");
  where.hosts.back().second = 3;
  EXPECT_EQ(where_text(where), "3 to 16 on each");
  where.hosts = {{"a", 2}, {"b", 1}};
  EXPECT_EQ(where_text(where), "a=2, b=1");
}

TEST(HostScalingReport, ARunTellsWhereItsWorkersWere) {
  const Folder folder;
  folder.write("samples.csv", csv_of(sent()));
  folder.write("environment.json",
               R"({"hosts_by_workers": [{"backend": "mpi", "workers": 16, "hosts": {"a": 8, "b": 8}},
                                        {"backend": "mpi", "workers": 8, "hosts": {"a": 8}}, 7],
                   "placement": {"boundaries": [{"workers": 4, "name": "all cores"}]}})");
  const MachineFacts machine = load_run(folder.path()).machine;
  ASSERT_EQ(machine.places.size(), 2U);
  EXPECT_EQ(machine.places[0].hosts, places[1].hosts);
  ASSERT_EQ(machine.boundaries.size(), 2U);
  EXPECT_EQ(machine.boundaries[0].name, "all cores");
  EXPECT_EQ(machine.boundaries[1].workers, 8U);
  EXPECT_EQ(machine.boundaries[1].name, "one host");
}

}  // namespace
}  // namespace runoff
