#include "report/summary_csv.h"

#include <algorithm>
#include <map>

#include "folder.h"

namespace runoff {
namespace {

std::string summary_of(const std::vector<Sample>& samples) {
  const Names names(samples);
  return summary_csv(Findings({.folder = {}, .samples = samples, .machine = {}}, names), names);
}

const std::string header =
    "workload,parameters,bound,shape,backend,variant,workers,n,median_ns,ci_low_ns,ci_high_ns,speedup,"
    "speedup_low,"
    "speedup_high,efficiency,verdict,rank,problem,label,contest,place,ratio,ratio_low,ratio_high,visible,"
    "enough,typical_ns,typical_low_ns,typical_high_ns\r\n";

TEST(SummaryCsv, ColumnsAreTheContractToTheLetter) { EXPECT_EQ(summary_of({}), header); }

TEST(SummaryCsv, EveryField) {
  std::vector<Sample> tbb = constant("tbb", 2, 600);
  for (Sample& sample : tbb) {
    sample.parameters = "n=1000;grain=1";
    sample.variant = "partitioner=auto";
  }
  std::vector<Sample> alone = constant("serial", 1, 900);
  for (Sample& sample : alone) sample.parameters = "n=1000;grain=1";
  EXPECT_EQ(
      summary_of(alone + tbb),
      header +
          "primes,n=1000;grain=1,cpu,independent,serial,,1,6,900,900,900,1.000000,1.000000,1.000000,1.000000,"
          "fastest,1,primes,serial,slower,2,,,,,,900,900,900\r\n"
          "primes,n=1000;grain=1,cpu,independent,tbb,partitioner=auto,2,6,600,600,600,1.500000,1.500000,1."
          "500000,"
          "0.750000,fastest,1,primes,tbb,fastest,1,1.000000,1.000000,1.000000,,,600,600,600\r\n");
}

TEST(SummaryCsv, UnknownIsEmpty) {
  std::vector<Sample> crashed = constant("mpi", 2, 5);
  crashed[0].status = Status::crashed;
  EXPECT_EQ(summary_of(constant("tbb", 2, 7, 2) + crashed),
            header +
                "primes,n=1000,cpu,independent,tbb,,2,2,7,,,,,,,too-few,,primes,tbb,too-few,1,,,,,,7,,\r\n"
                "primes,n=1000,cpu,independent,mpi,,2,5,,,,,,,,crashed,,primes,mpi,crashed,2,,,,,,,,\r\n");
}

// Verdicts and speed-ups go by typical executions; the first columns stay those of the means.
TEST(SummaryCsv, MeansAndTypicalTimes) {
  std::vector<Sample> tbb = constant("tbb", 2, 1000), alone = constant("serial", 1, 900);
  for (Sample& sample : tbb) sample.typical_ns = 600;  // bursts in its executions
  const CsvTable table = parse_csv(summary_of(alone + tbb));
  const auto field = [&](const std::string& name) {
    const auto column = std::find(table.rows[0].begin(), table.rows[0].end(), name) - table.rows[0].begin();
    return table.rows[2][static_cast<std::size_t>(column)];
  };
  EXPECT_EQ(field("backend"), "tbb");
  EXPECT_EQ(field("median_ns") + "," + field("ci_low_ns") + "," + field("ci_high_ns"), "1000,1000,1000");
  EXPECT_EQ(field("typical_ns") + "," + field("typical_low_ns") + "," + field("typical_high_ns"),
            "600,600,600");
  EXPECT_EQ(field("speedup") + "," + field("contest"), "1.500000,fastest");
}

// What the contest says of each row, by backend and workers.
std::map<std::string, std::string> ends(const std::string& csv) {
  std::map<std::string, std::string> found;
  const CsvTable table = parse_csv(csv);
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    const CsvRow& row = table.rows[i];
    found[row[4] + " " + row[6]] = row[17] + "," + row[18] + "," + row[19] + "," + row[20];
  }
  return found;
}

TEST(SummaryCsv, TellsWhichCellStandsForItsBackendAndWhatPeopleCallIt) {
  std::vector<Sample> other = constant("tbb", 8, 500), priced = constant("mpi", 2, 5);
  for (Sample& sample : other) sample.variant = "partitioner=static";
  for (Sample& sample : priced) {
    sample.workload = "region";
    sample.prices = "empty region=wall";
  }
  const auto told = ends(summary_of(constant("serial", 1, 900) + constant("tbb", 2, 600) +
                                    constant("tbb", 4, 700) + other + priced));
  EXPECT_EQ(told.at("tbb 8"), "primes,tbb partitioner=static,fastest,1");
  EXPECT_EQ(told.at("tbb 2"), "primes,tbb,slower,2");
  EXPECT_EQ(told.at("tbb 4"), "primes,tbb,outdone,");
  EXPECT_EQ(told.at("serial 1"), "primes,serial,slower,3");
  EXPECT_EQ(told.at("mpi 2"), "region,mpi,,");
}

}  // namespace
}  // namespace runoff
