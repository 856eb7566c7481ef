#include <gtest/gtest.h>

#include "folder.h"
#include "report/prices_csv.h"
#include "report/prices_text.h"

namespace runoff {
namespace {

std::vector<Sample> priced(const std::string& backend, std::int64_t workers, std::int64_t wall,
                           const std::string& prices, const std::string& variant = "") {
  auto some = constant(backend, workers, wall);
  for (Sample& sample : some) {
    sample.prices = prices;
    sample.variant = variant;
    sample.peak_memory_bytes = 3 << 20;
  }
  return some;
}

std::vector<Sample> example() {
  auto all = priced("tbb", 2, 25'000, "empty region=wall;memory, a worker=memory/worker") +
             priced("fork", 2, 180, "empty region=wall;memory, a worker=memory/worker") +
             priced("openmp", 2, 1'234'567, "task=wall/1000000", "schedule=static");
  auto kept_out = priced("mpi", 2, 1, "empty region=wall") + priced("stdpar", 2, 1, "empty region=wall");
  for (std::size_t i = 0; i < kept_out.size(); ++i) {
    kept_out[i].status = i < 6 ? Status::crashed : Status::unsupported;
    kept_out[i].wall_ns.reset();
    kept_out[i].detail = "killed by signal 11\nat once";
  }
  return all + kept_out;
}

TEST(PricesText, IsABlockForEachPriceTheCheapestFirst) {
  const auto samples = example();
  const auto cells = gather_cells(samples);
  EXPECT_EQ(
      prices_text(price_list(cells, Rules()), Names(samples), Page()),
      "Price list  ·  medians over processes; nothing is subtracted; docs/costs.md says what each is\n"
      "    backend  workers     price  95 % interval\n"
      "  empty region\n"
      "    fork           2    180 ns  180 – 180      least\n"
      "    tbb            2   25.0 µs  25.0 – 25.0    more\n"
      "    mpi            2                           crashed: killed by signal 11\n"
      "  memory, a worker\n"
      "    fork           2  1.50 MiB  1.50 – 1.50    tied\n"
      "    tbb            2  1.50 MiB  1.50 – 1.50    tied\n"
      "  task\n"
      "    openmp         2   1.23 ns  1.23 – 1.23    least\n"
      "  Verdicts compare backends with as many workers, by the ratio to the least, whichever it is: "
      "least, surely\n"
      "  less than all others; more, surely more than another; tied, surely about as little as the least.\n");
  EXPECT_EQ(prices_text({}, Names(samples), Page()), "");
}

TEST(PricesText, NamesTheParametersInWhichRowsOfAPriceDiffer) {
  std::vector<Sample> all;
  for (const std::string depth : {"9", "14"}) {
    auto some = priced("tbb", 2, depth == "9" ? 20 : 10, "task=wall") + priced("fork", 1, 5, "task=wall");
    for (Sample& sample : some)
      sample.parameters = "depth=" + (sample.workers == 1 ? "8" : depth) + ";seed=1";
    all = all + some;
  }
  const auto cells = gather_cells(all);
  const std::string text = prices_text(price_list(cells, Rules()), Names(all), Page());
  EXPECT_NE(text.find("    tbb depth=14        2  10.0 ns  10.0 – 10.0    least\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("    tbb depth=9         2  20.0 ns  20.0 – 20.0    more\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("    fork                1  5.00 ns"), std::string::npos)
      << "nothing to tell apart: " << text;
}

std::vector<std::string> answers(const std::vector<Sample>& samples) {
  const auto cells = gather_cells(samples);
  std::vector<std::string> told;
  for (const auto& [price, sentence] : price_answers(price_list(cells, Rules()), Names(samples)))
    told.push_back(price + ": " + sentence);
  return told;
}

TEST(PricesText, ASentenceForEachPriceNamesTheLeastForEachNumberOfWorkers) {
  EXPECT_EQ(answers(example() + priced("serial", 1, 50, "empty region=wall")),
            (std::vector<std::string>{
                "empty region: The least is 50.0 ns with 1 worker (serial), 180 ns with 2 workers (fork).",
                "memory, a worker: The least is 1.50 MiB with 2 workers (fork or tbb).",
                "task: The least is 1.23 ns with 2 workers (openmp)."}));
  auto few = priced("tbb", 2, 5, "task=wall");
  few.resize(2);
  EXPECT_EQ(answers(few),
            std::vector<std::string>{"task: No verdict: no backend has samples enough that are right."});
}

TEST(PricesText, HasThreeDigits) {
  const auto texts = [](std::string_view unit, std::vector<double> values) {
    std::string text;
    for (const double value : values) text += price_text(value, unit) + ";";
    return text;
  };
  EXPECT_EQ(texts("ns", {0, 0.0123, 0.5, 7, 38.2, 999, 1000, 2.5e6, 3e9, 1e12}),
            "0.00 ns;0.0123 ns;0.500 ns;7.00 ns;38.2 ns;999 ns;1.00 µs;2.50 ms;3.00 s;1000 s;");
  EXPECT_EQ(texts("bytes", {512, 2048, 1 << 20}), "512 B;2.00 KiB;1.00 MiB;");
}

TEST(PricesCsv, HasEveryRowAndEmptyFieldsForWhatIsNotKnown) {
  const auto samples = example();
  const auto cells = gather_cells(samples);
  EXPECT_EQ(prices_csv(price_list(cells, Rules()), Names(samples)),
            "price,backend,variant,workers,unit,value,low,high,n,workload,parameters,verdict,label\r\n"
            "empty region,fork,,2,ns,180,180,180,6,primes,n=1000,fastest,fork\r\n"
            "empty region,tbb,,2,ns,25000,25000,25000,6,primes,n=1000,slower,tbb\r\n"
            "empty region,mpi,,2,ns,,,,0,primes,n=1000,crashed,mpi\r\n"
            "empty region,stdpar,,2,ns,,,,0,primes,n=1000,unsupported,stdpar\r\n"
            "\"memory, a worker\",fork,,2,bytes,1572864,1572864,1572864,6,primes,n=1000,tied,fork\r\n"
            "\"memory, a worker\",tbb,,2,bytes,1572864,1572864,1572864,6,primes,n=1000,tied,tbb\r\n"
            "task,openmp,schedule=static,2,ns,1.23457,1.23457,1.23457,6,primes,n=1000,fastest,openmp\r\n");
}

}  // namespace
}  // namespace runoff
