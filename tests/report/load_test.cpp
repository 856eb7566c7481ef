#include "report/load.h"

#include "folder.h"

namespace runoff {
namespace {

std::string message(const std::filesystem::path& folder) {
  try {
    load_run(folder);
  } catch (const ReportError& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(Load, SamplesAndMachine) {
  const Folder folder;
  folder.write("samples.csv", csv_of(constant("tbb", 2, 5)));
  folder.write("environment.json",
               R"({"processor": {"model": "Example"}, "cores_used_as_all": 2, "started": null})");
  const LoadedRun run = load_run(folder.path());
  EXPECT_EQ(run.samples, constant("tbb", 2, 5));
  EXPECT_EQ(run.machine.processor, "Example");
  EXPECT_EQ(run.machine.cores, 2);
  EXPECT_EQ(run.machine.started, "");
  EXPECT_FALSE(run.torn);
}

TEST(Load, WithoutEnvironmentTheMachineIsUnknown) {
  const Folder folder;
  folder.write("samples.csv", csv_of(constant("tbb", 2, 5)));
  EXPECT_FALSE(load_run(folder.path()).machine.cores.has_value());
}

TEST(Load, TornLastRowIsLeftOut) {
  const Folder folder;
  folder.write("samples.csv", csv_of(constant("tbb", 2, 5)) + "run,6,pri");
  const LoadedRun run = load_run(folder.path());
  EXPECT_EQ(run.samples.size(), 6U);
  EXPECT_TRUE(run.torn);
}

TEST(Load, SaysWhatIsWrongInOneLine) {
  const Folder folder;
  const std::string path = folder.path().string(), file = path + "/samples.csv";
  EXPECT_EQ(message(folder.path() / "none"),
            "there is no folder '" + path + "/none'; give the folder of a run");
  EXPECT_EQ(message(folder.path()), "'" + path + "' holds no run: it has no samples.csv that can be read");
  folder.write("samples.csv", "");
  EXPECT_EQ(message(folder.path()), file + " is damaged: there is no header");
  folder.write("samples.csv", csv_of({}));
  EXPECT_EQ(message(folder.path()), file + " has no samples yet");
  folder.write("samples.csv", csv_of({}) + "a,b\r\n");
  EXPECT_EQ(message(folder.path()), file + " is damaged: row 2: 2 fields where the header has " +
                                        std::to_string(sample_columns().size()));
  folder.write("samples.csv", csv_of({}) + "a\"b\r\n");
  EXPECT_EQ(message(folder.path()),
            file + " is damaged: line 2: a quote inside a field that does not begin with one");
  folder.write("samples.csv", csv_of(constant("tbb", 2, 5)));
  folder.write("environment.json", "{");
  EXPECT_EQ(message(folder.path()), path + "/environment.json is no JSON: remove it to report without it");
}

}  // namespace
}  // namespace runoff
