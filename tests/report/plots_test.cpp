#include "report/plots.h"

#include <cstdlib>

#include "folder.h"

namespace runoff {
namespace {

// A variable for as long as a test.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) { ::setenv(name, value.c_str(), 1); }
  ~Variable() { ::unsetenv(name_); }

 private:
  const char* name_;
};

struct Python : Variable {
  explicit Python(const std::string& value) : Variable("RUNOFF_PYTHON", value) {}
};

std::string program(const Folder& folder, const std::string& name, const std::string& text) {
  folder.write(name, "#!/bin/sh\n" + text + "\n");
  std::filesystem::permissions(folder.path() / name, std::filesystem::perms::owner_all);
  return (folder.path() / name).string();
}

TEST(Plots, TheChosenPythonDrawsAndItsFilesAreListed) {
  const Folder folder, scripts;
  scripts.write("plot.py", "");
  const Python python(
      program(folder, "python",
              "mkdir \"$2/plots\" && touch \"$2/plots/b.svg\" \"$2/plots/a.png\" \"$2/plots/x.txt\""));
  const Plots plots = draw_plots(folder.path(), scripts.path());
  EXPECT_EQ(plots.problem, "");
  EXPECT_EQ(plots.files, (std::vector<std::filesystem::path>{folder.path() / "plots/a.png",
                                                             folder.path() / "plots/b.svg"}));
}

TEST(Plots, APythonThatFailsIsToldOf) {
  const Folder folder, scripts;
  scripts.write("plot.py", "");
  const std::string name = program(folder, "python", "exit 9");
  const Python python(name);
  const Plots plots = draw_plots(folder.path(), scripts.path());
  EXPECT_TRUE(plots.files.empty());
  EXPECT_EQ(plots.problem,
            "no plots: " + name + " " + scripts.path().string() + "/plot.py ended with status 9");
}

TEST(Plots, TheUsersSettingsOfPythonCountWherePackagesAreFoundByThemOnly) {
  const Folder folder, scripts;
  scripts.write("plot.py", "");
  const Variable path("PYTHONPATH", "/nope"), home("PYTHONHOME", "/nope");
  for (const char* draws : {"[ -z \"$PYTHONPATH$PYTHONHOME\" ] || exit 9; mkdir \"$2/plots\"",
                            "[ \"$PYTHONPATH\" ] || exit 4; touch \"$2/plots/a.png\""}) {
    const Python python(program(folder, "python", draws));
    EXPECT_EQ(draw_plots(folder.path(), scripts.path()).problem, "");
  }
}

TEST(Plots, TheUsersPackagesCountWhereNoOthersAreFoundOnly) {
  const Folder folder, scripts;
  scripts.write("plot.py", "");
  for (const char* draws : {"[ \"$PYTHONNOUSERSITE\" ] || exit 9; mkdir \"$2/plots\"",
                            "[ -z \"$PYTHONNOUSERSITE\" ] || exit 4; touch \"$2/plots/a.png\""}) {
    const Python python(program(folder, "python", draws));
    EXPECT_EQ(draw_plots(folder.path(), scripts.path()).problem, "");
  }
}

TEST(Plots, ASignalThatEndsAPythonIsNamed) {
  const Folder folder, scripts;
  scripts.write("plot.py", "");
  const std::string name = program(folder, "python", "kill -SEGV $$");
  const Python python(name);
  EXPECT_EQ(draw_plots(folder.path(), scripts.path()).problem,
            "no plots: " + name + " " + scripts.path().string() +
                "/plot.py was ended by signal 11 (Segmentation fault)");
}

TEST(Plots, APythonWithoutThePackagesIsPassedOver) {
  const Folder folder, scripts;
  // Every Python says that it lacks packages: the next is tried until none is left.
  scripts.write("plot.py", "import sys; sys.exit(4)");
  const Python python(program(folder, "python", "exit 4"));
  EXPECT_EQ(draw_plots(folder.path(), scripts.path()).problem,
            "no plots: no Python here has matplotlib, pandas and numpy; apt-get install python3-matplotlib "
            "python3-pandas, or name one in RUNOFF_PYTHON");
}

TEST(Plots, OneThatIsNotThereIsPassedOver) {
  const Folder folder, scripts;
  scripts.write(
      "plot.py",
      "import pathlib, sys; p = pathlib.Path(sys.argv[1], 'plots'); p.mkdir(); (p / 'a.png').touch()");
  const Python python("/nowhere/python");
  EXPECT_EQ(draw_plots(folder.path(), scripts.path()).files.size(), 1U);
}

TEST(Plots, MissingScriptsAreToldOf) {
  const Folder folder;
  EXPECT_EQ(draw_plots(folder.path(), folder.path()).problem,
            "no plots: there is no " + folder.path().string() + "/plot.py; is runoff installed whole?");
}

}  // namespace
}  // namespace runoff
