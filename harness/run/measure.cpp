#include "run/measure.h"

#include <algorithm>
#include <set>

#include "process/interruption.h"
#include "run/outcome.h"
#include "runoff/endpoint.h"
#include "support/errors.h"

namespace runoff {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::nanoseconds;

template <class M>
const M& module_of(const std::vector<M>& modules, const std::string& name) {
  return *std::find_if(modules.begin(), modules.end(), [&name](const M& one) { return one.name == name; });
}

}  // namespace

RunEnd Measure::run(SamplesFile& file, Launcher& launcher, std::optional<nanoseconds> budget) {
  const std::size_t cells = plan_.cells.size();
  const std::size_t total = cells * plan_.samples;
  std::set<std::size_t> done;  // places in the order
  for (const auto& sample : file.existing()) {
    const auto place = static_cast<std::size_t>(sample.order);
    if (place >= total)
      throw MachineError("samples.csv has a row that is not of this plan: order " +
                         std::to_string(sample.order));
    done.insert(place);
    learn(plan_.round(static_cast<unsigned>(place / cells))[place % cells], sample);
  }

  const auto result = launcher.folder() / "result.json";
  const auto begin = Clock::now();
  RunEnd end;
  for (unsigned round = 0; round < plan_.samples; ++round) {
    const auto order = plan_.round(round);
    const auto place = [&](std::size_t i) { return round * cells + i; };
    nanoseconds this_round{0};
    for (std::size_t i = 0; i < cells; ++i)
      if (!done.contains(place(i))) this_round += expected(order[i]);
    for (std::size_t i = 0; i < cells; ++i) {
      if (done.contains(place(i))) continue;
      const nanoseconds needed = i == 0 && round > 0 ? this_round : expected(order[i]);
      if (budget && Clock::now() - begin + needed > *budget) {
        end.left_out = total - done.size();
        return end;
      }
      const nanoseconds left = budget ? *budget - (Clock::now() - begin) : settings_.timeout;
      auto sample = take(order[i], launcher, result, std::min(left, settings_.timeout));
      if (!sample) {
        end.interrupted = Interruption::happened();
        end.left_out = end.interrupted ? 0 : total - done.size();
        return end;
      }
      sample->order = static_cast<std::int64_t>(place(i));
      sample->sample = round + 1;
      file.append(*sample);
      learn(order[i], *sample);
      done.insert(place(i));

      Progress progress{done.size(), total, nanoseconds{0}, &plan_.cells[order[i]], &*sample};
      for (std::size_t cell = 0; cell < cells; ++cell)
        progress.left += expected(cell) * (plan_.samples - round - 1);
      for (std::size_t rest = i + 1; rest < cells; ++rest)
        if (!done.contains(place(rest))) progress.left += expected(order[rest]);
      if (budget) progress.left = std::min(progress.left, *budget - (Clock::now() - begin));
      report_(progress);
    }
    ++end.whole_rounds;
  }
  return end;
}

std::optional<Sample> Measure::take(std::size_t index, Launcher& launcher,
                                    const std::filesystem::path& result, nanoseconds limit) {
  const PlannedCell& cell = plan_.cells[index];
  Sample sample;
  sample.run = run_;
  sample.workload = cell.workload;
  sample.parameters = cell.parameters;
  sample.bound = cell.bound;
  sample.shape = cell.shape;
  sample.backend = cell.backend;
  sample.variant = cell.variant;
  sample.workers = cell.workers;
  if (!given_up_[index].empty()) {
    sample.status = Status::skipped;
    sample.detail = given_up_[index];
    return sample;
  }
  std::filesystem::remove(result);
  const WorkloadModule& workload = module_of(catalog_.workloads, cell.workload);
  EndpointServer* server = workload.endpoint ? server_ : nullptr;
  if (server != nullptr) {
    server->revive();
    settings_.endpoint = {{Endpoint::url_variable, server->url()}, {Endpoint::built_in_variable, "1"}};
  }
  Request request =
      cell_request(cell, workload, module_of(catalog_.backends, cell.backend), settings_, result);
  request.limit_ns = limit.count();
  const auto answer = launcher.run(request);
  if (!answer || Interruption::happened()) return std::nullopt;
  // Ended by the budget, which says nothing about the cell.
  if (answer->timed_out && limit < settings_.timeout) return std::nullopt;
  read_outcome(*answer, result, sample);
  const std::string lost = server != nullptr ? server->revive() : "";
  if (!lost.empty() && sample.status != Status::ok) {
    sample.status = Status::failed;
    sample.detail = "the endpoint " + lost + " meanwhile: " + sample.detail;
  }
  for (Spent* spent : {&spent_on_[index], &all_}) {
    spent->time += nanoseconds(answer->wall_ns);
    ++spent->samples;
  }
  return sample;
}

void Measure::learn(std::size_t cell, const Sample& sample) {
  if (!given_up_[cell].empty()) return;
  // Neither would end otherwise the next time, and a hang costs its whole time limit.
  if (sample.status == Status::unsupported)
    given_up_[cell] = "unsupported, as sample " + std::to_string(sample.sample) + " says";
  if (sample.status == Status::timeout)
    given_up_[cell] = "sample " + std::to_string(sample.sample) + " ran out of time; not tried again";
}

nanoseconds Measure::expected(std::size_t cell) const {
  if (!given_up_[cell].empty()) return nanoseconds{0};
  const Spent& own = spent_on_[cell];
  if (own.samples > 0) return own.time / own.samples;
  return all_.samples > 0 ? all_.time / all_.samples : nanoseconds{0};
}

}  // namespace runoff
