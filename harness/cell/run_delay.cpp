#include "cell/run_delay.h"

#include <fstream>
#include <string>

#include "cell/usage.h"

namespace runoff::cell {

std::map<pid_t, std::int64_t> run_delays() {
  std::map<pid_t, std::int64_t> delays;
  for (const pid_t thread : threads_of_tree()) {
    std::ifstream file("/proc/" + std::to_string(thread) + "/schedstat");
    std::int64_t ran = 0, waited = 0;
    if (file >> ran >> waited) delays[thread] = waited;
  }
  return delays;
}

std::optional<std::int64_t> added_delay(const std::map<pid_t, std::int64_t>& before,
                                        const std::map<pid_t, std::int64_t>& after) {
  if (after.empty()) return std::nullopt;
  std::int64_t sum = 0;
  for (const auto& [thread, waited] : after) {
    const auto found = before.find(thread);
    sum += found == before.end() ? waited : waited - found->second;
  }
  return sum;
}

}  // namespace runoff::cell
