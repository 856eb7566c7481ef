#include "record/surroundings.h"

#include <algorithm>
#include <cmath>

namespace runoff {

void add_disturbance(std::string_view word, std::string& words) {
  if (!words.empty()) words += ';';
  words += word;
}

Surroundings share_of(const Surroundings& seen, std::size_t samples) {
  Surroundings share = seen;
  const auto count = static_cast<std::int64_t>(samples);
  for (auto* sum : {&share.observed_ns, &share.other_cpu_ns, &share.steal_ns, &share.throttled_ns,
                    &share.memory_stall_ns, &share.waited_ns})
    if (*sum) *sum = **sum / count;
  return share;
}

std::string name_disturbances(const Surroundings& surroundings, std::size_t cpus) {
  if (!surroundings.observed_ns) return {};
  const auto observed = static_cast<double>(*surroundings.observed_ns);
  const auto processors = static_cast<double>(cpus);
  // Others' time is found by counting, at each tick of each processor, what runs. A tick more or less on a
  // processor is chance, and chances add up by their squares.
  constexpr double tick = 10e6;
  const double by_chance = (1 + std::sqrt(processors)) * tick;
  std::string words;
  const auto name = [&words](std::string_view word, const Surroundings::Number& ns, double too_much) {
    if (ns && static_cast<double>(*ns) >= too_much) add_disturbance(word, words);
  };
  // A tenth of one core is what a worker notices. A large machine's own services take as much: there it is a
  // share of all.
  name(disturbed_by_others, surroundings.other_cpu_ns,
       std::max(by_chance, observed * std::max(0.1, 0.02 * processors)));
  name(disturbed_by_steal, surroundings.steal_ns, std::max(2 * tick, 0.05 * observed));
  name(disturbed_by_quota, surroundings.throttled_ns, 0.01 * observed);
  name(disturbed_by_memory, surroundings.memory_stall_ns, 0.01 * observed);
  return words;
}

}  // namespace runoff
