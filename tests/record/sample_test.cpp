#include "record/sample.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <sstream>

#include "support/temporary.h"
#include "support/text.h"

namespace runoff {
namespace {

Sample full() {
  Sample sample;
  sample.run = "2026-01-02";
  sample.order = 7;
  sample.workload = "primes";
  sample.parameters = "n=1000000;grain=1000";
  sample.bound = "cpu";
  sample.shape = "independent";
  sample.backend = "tbb";
  sample.variant = "partitioner=auto";
  sample.workers = 2;
  sample.sample = 3;
  sample.status = Status::wrong;
  sample.wall_ns = 1;
  sample.cpu_ns = 2;
  sample.startup_ns = 3;
  sample.cold_ns = 4;
  sample.tasks = 5;
  sample.iterations = 6;
  sample.bytes = 7;
  sample.peak_memory_bytes = 8;
  sample.voluntary_switches = 9;
  sample.involuntary_switches = 10;
  sample.workers_seen = 11;
  sample.latency_p50_ns = 12;
  sample.latency_p95_ns = 13;
  sample.latency_p99_ns = 14;
  sample.latency_max_ns = std::numeric_limits<std::int64_t>::max();
  sample.detail = "task 3: 5, not 7";
  sample.tasks_failed = 15;
  sample.bytes_copied = 16;
  sample.prices = "empty region=wall;idle burn=cpu/0.1";
  sample.concurrency = 17;
  sample.workers_most = 18;
  sample.workers_shares = "11=0.25;18=0.75";
  sample.system_ns = 19;
  sample.minor_faults = 20;
  sample.major_faults = 21;
  sample.instructions = 22;
  sample.cycles = 23;
  sample.cache_misses = 24;
  sample.energy_uj = 25;
  sample.lost = 33;
  sample.turns = 34;
  sample.typical_ns = 35;
  sample.observed_ns = 26;
  sample.other_cpu_ns = 27;
  sample.steal_ns = 28;
  sample.throttled_ns = 29;
  sample.memory_stall_ns = 30;
  sample.clock_khz = 31;
  sample.waited_ns = 32;
  sample.disturbed_by = "others;steal";
  sample.printed = "started with 2 threads";
  return sample;
}

std::string message(const CsvTable& table) {
  try {
    read_samples(table);
  } catch (const CsvError& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(Sample, ColumnsAreTheContractToTheLetter) {
  EXPECT_EQ(
      csv_line(sample_columns()),
      "run,order,workload,parameters,bound,shape,backend,variant,workers,sample,status,wall_ns,cpu_ns,"
      "startup_ns,cold_ns,tasks,iterations,bytes,peak_memory_bytes,voluntary_switches,involuntary_switches,"
      "workers_seen,latency_p50_ns,latency_p95_ns,latency_p99_ns,latency_max_ns,detail,tasks_failed,prices,"
      "bytes_copied,concurrency,workers_most,workers_shares,system_ns,minor_faults,major_faults,instructions,"
      "cycles,cache_misses,energy_uj,lost,turns,typical_ns,observed_ns,other_cpu_ns,steal_ns,throttled_ns,"
      "memory_stall_"
      "ns,"
      "clock_khz,waited_ns,disturbed_by,printed\r\n");
}

/// What stands between backquotes in the first column of a section's table, in its order.
CsvRow columns_named_in(const std::string& text, const std::string& heading) {
  CsvRow names;
  const std::size_t begin = text.find("\n" + heading + "\n");
  std::istringstream section(text.substr(begin + 1, text.find("\n## ", begin + 1) - begin));
  for (std::string line; std::getline(section, line);) {
    if (!line.starts_with("| `")) continue;
    const auto parts = split(line.substr(0, line.find('|', 1)), "`");
    for (std::size_t i = 1; i < parts.size(); i += 2) names.push_back(parts[i]);
  }
  return names;
}

TEST(Sample, EachColumnIsExplained) {
  EXPECT_EQ(columns_named_in(read_text(RUNOFF_SCHEMA), "## samples.csv"), sample_columns());
}

TEST(Sample, EachMemberGoesToItsOwnColumn) {
  EXPECT_EQ(
      csv_line(to_row(full())),
      "2026-01-02,7,primes,n=1000000;grain=1000,cpu,independent,tbb,partitioner=auto,2,3,wrong,1,2,3,4,"
      "5,6,7,8,"
      "9,10,11,12,13,14,9223372036854775807,\"task 3: 5, not 7\",15,empty region=wall;idle "
      "burn=cpu/0.1,16,17,18,11=0.25;18=0.75,19,20,21,22,23,24,25,33,34,35,26,27,28,29,30,31,32,others;steal,"
      "started with 2 threads\r\n");
}

TEST(Sample, UnknownIsEmptyAndZeroIsZero) {
  Sample sample;
  sample.involuntary_switches = 0;
  sample.status = Status::timeout;
  EXPECT_EQ(csv_line(to_row(sample)), ",0,,,,,,,1,0,timeout,,,,,,,,,,0,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n");
  const SampleReader reader(sample_columns());
  EXPECT_EQ(reader.read(to_row(sample)), sample);
}

TEST(Sample, ReadsWhatWasWritten) {
  for (const auto status : {Status::ok, Status::skipped, Status::unsupported, Status::wrong, Status::timeout,
                            Status::failed, Status::crashed}) {
    Sample sample = full();
    sample.status = status;
    EXPECT_EQ(read_samples({{sample_columns(), to_row(sample)}}), std::vector{sample});
    EXPECT_EQ(parse_status(to_string(status)), status);
  }
}

TEST(Sample, FurtherColumnsAreLeftAlone) {
  CsvRow header = sample_columns(), row = to_row(full());
  header.insert(header.begin() + 1, "host");
  row.insert(row.begin() + 1, "here");
  header.push_back("mood");
  row.push_back("99");
  EXPECT_EQ(read_samples({{header, row}}), std::vector{full()});
}

TEST(Sample, ColumnsAfterTheContractsMayBeMissing) {
  CsvRow header = sample_columns(), row = to_row(full());
  const auto detail = std::find(header.begin(), header.end(), "detail");
  header.erase(detail + 1, header.end());
  row.resize(header.size());
  Sample expected = full();
  bool known = true;
  each_field(expected, [&known](const std::string& name, auto& value) {
    if (!known) value = {};
    known = known && name != "detail";
  });
  static_cast<Surroundings&>(expected) = {};
  expected.printed.clear();
  EXPECT_EQ(read_samples({{header, row}}), std::vector{expected});
}

/// A table of `full`, changed by each of these in a row of its own.
template <class... Changes>
CsvTable table_of(Changes... changes) {
  CsvTable table{{sample_columns()}};
  const auto add = [&table](auto change) {
    Sample sample = full();
    change(sample);
    table.rows.push_back(to_row(sample));
  };
  (add(changes), ...);
  return table;
}

TEST(Sample, BlankRowsArePassedOver) {
  CsvTable table = table_of([](Sample&) {});
  table.rows.insert(table.rows.begin() + 1, CsvRow{""});
  table.rows.push_back(CsvRow(sample_columns().size()));
  EXPECT_EQ(read_samples(table), std::vector{full()});
}

TEST(Sample, RowsFollowTheHeaderTheyGoUnder) {
  CsvRow header = sample_columns();
  std::swap(header[11], header[12]);
  header.insert(header.begin(), "host");
  header.resize(30);
  CsvRow row = to_row(full());
  std::swap(row[11], row[12]);
  row.insert(row.begin(), "");
  row.resize(30);
  EXPECT_EQ(to_row(full(), header), row);
  EXPECT_EQ(to_row(full(), sample_columns()), to_row(full()));
}

TEST(Sample, OnlyIndependentSamplesOfOneRunAreRead) {
  const auto same = [](Sample&) {};
  const auto next = [](Sample& sample) { ++sample.order, ++sample.sample, sample.observed_ns = 27; };
  EXPECT_EQ(read_samples(table_of(same, next)).size(), 2U);
  EXPECT_EQ(
      message(table_of(same, next, same)),
      "two rows have the order 7, and each sample counts once; remove rows that were copied, or that are of "
      "another run");
  EXPECT_EQ(message(table_of(same, [](Sample& sample) { sample.order = 8; })),
            "the rows with the orders 7 and 8 are both sample 3 of one cell; remove the one that was added");
  EXPECT_EQ(
      read_samples(
          table_of(same, [](Sample& sample) { sample.order = 8, sample.workers = 3, sample.cold_ns = 5; }))
          .size(),
      2U);
  EXPECT_EQ(
      message(table_of(same, [](Sample& sample) { sample.run = "b", sample.order = 8, sample.sample = 4; })),
      "it holds samples of the runs '2026-01-02' and 'b', which are not pooled; keep each run in a folder of "
      "its "
      "own, with its environment.json");
}

TEST(Sample, RowsThatWereCopiedUnderOtherNumbersAreFound) {
  const std::string copied =
      "the rows with the orders 7 and 9 have the same times to the nanosecond, as no two samples have; "
      "remove "
      "rows that were copied";
  const auto other = [](Sample& sample) { sample.order = 8, sample.sample = 4, sample.wall_ns = 2; };
  const auto copy = [](Sample& sample) { sample.order = 9, sample.sample = 5; };
  EXPECT_EQ(message(table_of([](Sample&) {}, other, copy)), copied);
  EXPECT_EQ(message(table_of([](Sample&) {}, other,
                             [](Sample& sample) { sample.order = 9, sample.backend = "fork"; })),
            copied);
  // What a coarse clock or an older version leaves open is no proof.
  const auto without = [](auto change) {
    return [change](Sample& sample) { change(sample), sample.observed_ns.reset(); };
  };
  EXPECT_EQ(message(table_of(without([](Sample&) {}), without(other), without(copy))), copied);
  const auto coarse = [&](auto change) {
    return without([change](Sample& sample) { change(sample), sample.cold_ns.reset(); });
  };
  EXPECT_EQ(read_samples(table_of(coarse([](Sample&) {}), coarse(other), coarse(copy))).size(), 3U);
  const auto late = [](std::int64_t order) {
    return [order](Sample& sample) {
      Sample none;
      none.run = sample.run, none.workload = "primes", none.backend = "tbb", none.status = Status::timeout;
      none.observed_ns = 26;
      none.order = none.sample = order;
      sample = none;
    };
  };
  EXPECT_EQ(read_samples(table_of(late(1), late(2))).size(), 2U);
}

TEST(Sample, NothingTakesNoTime) {
  EXPECT_EQ(message(table_of([](Sample& sample) { sample.wall_ns = 0; })),
            "row 2: column wall_ns: 0 is no time that anything takes; what is unknown is an empty field");
  EXPECT_EQ(message(table_of([](Sample& sample) { sample.wall_ns.reset(); })), "nothing was thrown");
  EXPECT_EQ(message(table_of([](Sample& sample) { sample.wall_ns.reset(), sample.status = Status::ok; })),
            "row 2: column wall_ns: a sample that is ok has a time, and this field is empty");
}

TEST(Sample, TimesOfTwoKindsAreNotCompared) {
  const auto ok = [](std::int64_t order, Sample::Number typical) {
    return [=](Sample& sample) {
      sample.status = Status::ok;
      sample.wall_ns = 100 + order, sample.typical_ns = typical;
      sample.order = sample.sample = order;
    };
  };
  EXPECT_EQ(message(table_of(ok(0, 5), ok(1, 6))), "nothing was thrown");
  EXPECT_EQ(message(table_of(ok(0, {}), ok(1, {}))), "nothing was thrown");
  EXPECT_EQ(
      message(table_of(ok(3, 5), ok(4, {}), ok(5, 6))),
      "the row with the order 4 has no typical_ns, and the one with the order 5 has one; take the file as "
      "runoff wrote it, or empty that column in all rows");
  const auto late = [](Sample& sample) {
    sample.status = Status::timeout, sample.typical_ns.reset();
    sample.order = sample.sample = 9;
  };
  EXPECT_EQ(message(table_of(ok(0, 5), late)), "nothing was thrown");
}

TEST(Sample, SharesOfWorkersThatASpreadsheetChangedAreRefused) {
  const auto shares = [](const std::string& text) {
    return message(table_of([&text](Sample& sample) { sample.workers_shares = text; }));
  };
  for (const char* good : {"", "1=1", "1=0.1391;2=0.8609", "0=1e-05;64=1", "2=1.000"})
    EXPECT_EQ(shares(good), "nothing was thrown") << good;
  for (const char* bad : {"1=0,1391;2=0,8609", "01.02.2026", "1", "1=", "=1", "1=0.5;", "1=2", "1=-0.5",
                          "1=nan", "-1=1", "x=1", "1 = 1", "1=0.5;2"})
    EXPECT_EQ(shares(bad), std::string("row 2: column workers_shares: '") + bad +
                               "' is no list of number=share; has a spreadsheet changed it? Take the file as "
                               "runoff wrote it");
}

TEST(Sample, PricesThatASpreadsheetChangedAreRefused) {
  const auto prices = [](const std::string& text) {
    return message(table_of([&text](Sample& sample) { sample.prices = text; }));
  };
  EXPECT_EQ(prices("empty region=wall/10;memory, a worker=memory/worker"), "nothing was thrown");
  for (const char* bad : {"empty region", "empty region=wall/1,5", "empty region=wall;"})
    EXPECT_EQ(prices(bad),
              std::string("row 2: column prices: '") + bad +
                  "' is no list of name=quantity/per; has a spreadsheet changed it? Take the file "
                  "as runoff wrote it");
}

TEST(Sample, NoTextOfAFileSteersATerminal) {
  const CsvRow header = sample_columns();
  CsvRow row = to_row(full());
  const auto place = [&header](const char* name) {
    return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
  };
  row[place("printed")] = "\x1b[31mred";
  row[place("detail")] = "rings\a\nand goes on";
  const auto read = read_samples({.rows = {header, row}});
  EXPECT_EQ(read.at(0).printed, " [31mred");
  EXPECT_EQ(read.at(0).detail, "rings  and goes on");
  row[place("wall_ns")] = "\x1b[2J";
  EXPECT_EQ(message({{header, row}}).substr(0, 40), "row 2: column wall_ns: ' [2J' is no whol");
}

TEST(Sample, SaysWhatIsWrongWithARow) {
  CsvRow header = sample_columns(), row = to_row(full());
  const std::string changed = "; has a spreadsheet or an editor changed it? Take the file as runoff wrote it";
  EXPECT_EQ(message({}), "there is no header");
  EXPECT_EQ(message({{{"run", "order"}}}).substr(0, 35), "the header lacks workload, paramete");
  EXPECT_EQ(message({{header, CsvRow{"a", "b"}}}),
            "row 2: 2 fields where the header has " + std::to_string(header.size()));
  CsvRow bad = row;
  bad[11] = "12.5";
  EXPECT_EQ(message({{header, row, bad}}), "row 3: column wall_ns: '12.5' is no whole number" + changed);
  CsvRow twice = header;
  twice.push_back("wall_ns");
  EXPECT_EQ(message({{twice}}), "the header has wall_ns twice");
  bad = row;
  bad[8] = "";
  EXPECT_EQ(message({{header, bad}}), "row 2: column workers: '' is no whole number" + changed);
  bad[8] = "0";
  EXPECT_EQ(message({{header, bad}}), "row 2: column workers: 0 is no number of workers");
  bad = row;
  bad[10] = "fine";
  EXPECT_EQ(message({{header, bad}}), "row 2: column status: 'fine' is no status");
  bad = row;
  bad[12] = "-1";
  EXPECT_EQ(message({{header, bad}}), "row 2: column cpu_ns: '-1' is no whole number" + changed);
}

}  // namespace
}  // namespace runoff
