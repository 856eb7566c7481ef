#include "doctor/clocks.h"

#include <fmt/format.h>

#include <set>

#include "machine/kernel_files.h"
#include "support/list.h"

namespace runoff {
namespace {

namespace fs = std::filesystem;
using std::chrono::nanoseconds;

const fs::path processors = "sys/devices/system/cpu";

}  // namespace

Finding check_governor(std::span<const int> cpus, const fs::path& root) {
  std::set<std::string> found;
  for (const int cpu : cpus) {
    const auto governor =
        first_line(root / processors / fmt::format("cpu{}", cpu) / "cpufreq/scaling_governor");
    if (!governor.empty()) found.insert(governor);
  }
  Finding finding{.name = "governor"};
  if (found.empty()) {
    finding.seen = "not visible here, as in most virtual machines";
    finding.means = "the host sets the clock; samples are interleaved, so what changes it changes it for all";
    return finding;
  }
  finding.seen = listed(std::vector<std::string>(found.begin(), found.end()));
  if (found == std::set<std::string>{"performance"}) {
    finding.means = "the clock does not wait for work before it rises";
    return finding;
  }
  finding.level = found.size() > 1 ? Level::bad : Level::warn;
  finding.means =
      found.size() > 1
          ? "cores differ in how fast they run: where a worker lands decides what it takes"
          : "the clock rises and falls with the work: short samples and waiting workers look slow";
  finding.mend = to_write("performance", "/" / processors / "cpu*/cpufreq/scaling_governor");
  return finding;
}

Finding check_boost(const fs::path& root) {
  const fs::path general = processors / "cpufreq/boost", intel = processors / "intel_pstate/no_turbo";
  const auto boost = read_number(root / general), no_turbo = read_number(root / intel);
  Finding finding{.name = "boost"};
  if (!boost && !no_turbo) {
    finding.seen = "not visible here, as in most virtual machines";
    finding.means = "where the host boosts the clock of a lone worker, speed-ups look smaller than they are";
    return finding;
  }
  const bool on = no_turbo ? *no_turbo == 0 : *boost != 0;
  finding.seen = on ? "on" : "off";
  finding.level = on ? Level::warn : Level::ok;
  finding.means =
      on ? "one worker runs at a higher clock than many, and all at a lower one when they are hot: "
           "speed-ups look smaller than the runtimes make them"
         : "one worker and many run at the same clock";
  if (on) finding.mend = no_turbo ? to_write("1", "/" / intel) : to_write("0", "/" / general);
  return finding;
}

Finding check_clock(const Timer& timer, const fs::path& root) {
  const fs::path sources = "sys/devices/system/clocksource/clocksource0";
  const std::string source = first_line(root / sources / "current_clocksource");
  const std::string available = " " + first_line(root / sources / "available_clocksource") + " ";
  Finding finding{.name = "clock"};
  finding.seen = fmt::format("{}, {} ns a look, steps of {} ns", source.empty() ? "source not known" : source,
                             timer.overhead.count(), timer.resolution.count());
  if (timer.resolution <= nanoseconds{0}) {
    finding.level = Level::bad;
    finding.prevents = true;
    finding.seen = "the steady clock does not move";
    finding.means = "nothing can be timed";
    return finding;
  }
  constexpr nanoseconds cheap{250}, fine{1'000}, useless{20'000};
  if (timer.overhead <= cheap && timer.resolution <= fine) {
    finding.means = "the clock is far finer than what is timed with it";
    return finding;
  }
  finding.level = timer.overhead > useless || timer.resolution > useless ? Level::bad : Level::warn;
  finding.means = "executions of a few microseconds are timed with an error that shows in them";
  if (source != "tsc")
    finding.mend = available.find(" tsc ") != available.npos
                       ? to_write("tsc", "/" / sources / "current_clocksource")
                       : "boot with tsc=reliable on the kernel's command line";
  return finding;
}

}  // namespace runoff
