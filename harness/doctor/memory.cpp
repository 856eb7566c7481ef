#include "doctor/memory.h"

#include <fmt/format.h>
#include <sys/personality.h>

#include <charconv>

#include "machine/kernel_files.h"
#include "machine/pressure.h"
#include "support/text.h"

namespace runoff {
namespace {

namespace fs = std::filesystem;

}  // namespace

Finding check_memory(std::int64_t available, const fs::path& root) {
  constexpr std::int64_t mebibyte = 1 << 20;
  Finding finding{.name = "memory", .seen = format_bytes(available) + " free"};
  const double waiting = read_memory_pressure(root).value_or(MemoryPressure{}).percent_now;
  if (available < 64 * mebibyte) {
    finding.level = Level::bad;
    finding.prevents = true;
    finding.means = "no cell fits";
    finding.mend = "ps -eo rss,pid,args --sort=-rss | head";
  } else if (available < 1024 * mebibyte || waiting > 0.5) {
    finding.level = Level::warn;
    if (waiting > 0.5)
      finding.seen += fmt::format("; programs wait for memory {:.1f} % of the time", waiting);
    finding.means = waiting > 0.5 ? "the kernel takes pages away from running programs: samples wait for them"
                                  : "workloads that need more are left out";
    finding.mend = "ps -eo rss,pid,args --sort=-rss | head";
  } else {
    finding.means = "nothing waits for memory";
  }
  return finding;
}

Finding check_huge_pages(const fs::path& root) {
  const fs::path folder = "sys/kernel/mm/transparent_hugepage";
  const std::string own = chosen(first_line(root / folder / "enabled"));
  const std::string shared = chosen(first_line(root / folder / "shmem_enabled"));
  Finding finding{.name = "huge-pages"};
  if (own.empty()) {
    finding.seen = "this kernel has none";
    finding.means = "all memory is in small pages, in every sample";
    return finding;
  }
  finding.seen = own + (shared.empty() ? "" : ", for shared memory " + shared);
  const bool by_chance = own == "always" || shared == "always" || shared == "within_size";
  if (!by_chance) {
    finding.means = "memory has huge pages only where a program asks for them: in every sample alike";
    return finding;
  }
  finding.level = Level::warn;
  finding.means =
      "whether memory gets huge pages depends on what is free just then: samples that the memory limits may "
      "have "
      "two modes";
  finding.mend = own == "always" ? to_write("madvise", "/" / folder / "enabled")
                                 : to_write("advise", "/" / folder / "shmem_enabled");
  return finding;
}

Finding check_aslr(const fs::path& root) {
  const auto system = read_number(root / "proc/sys/kernel/randomize_va_space");
  const std::string own = first_line(root / "proc/self/personality");
  unsigned long flags = 0;
  std::from_chars(own.data(), own.data() + own.size(), flags, 16);
  Finding finding{.name = "aslr"};
  if (!system) {
    finding.seen = "not known";
    finding.means = "whether samples differ in where their memory lies cannot be told";
  } else if ((flags & ADDR_NO_RANDOMIZE) != 0) {
    finding.seen = "off for this shell (setarch -R)";
    finding.mend = "start runoff without setarch";
  } else if (*system == 0) {
    finding.seen = "off";
    finding.mend = as_root("sysctl kernel.randomize_va_space=2");
  } else {
    finding.seen = "on";
    finding.means = "each sample has its memory elsewhere, so no lucky place is in all of them";
  }
  if (!finding.mend.empty()) {
    finding.level = Level::warn;
    finding.means =
        "memory lies at the same places in every sample: a lucky or an unlucky place is in all of them, and "
        "no "
        "interval shows it";
  }
  return finding;
}

}  // namespace runoff
