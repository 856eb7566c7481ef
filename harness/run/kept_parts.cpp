#include "run/kept_parts.h"

#include <algorithm>

namespace runoff {
namespace {

/// Of the budget, how much a later round may be behind before a part is left out for it.
constexpr double tolerance = 0.1;

KeptParts::Time beyond_tolerance(KeptParts::Time time) {
  return KeptParts::Time(
      static_cast<KeptParts::Time::rep>(static_cast<double>(time.count()) * (1 + tolerance)));
}

}  // namespace

KeptParts::KeptParts(const Plan& plan, const Budget& budget, const Costs& costs,
                     const std::vector<unsigned>& taken, unsigned for_a_verdict)
    : budget_(budget), costs_(costs), taken_(taken), for_a_verdict_(for_a_verdict) {
  for (std::size_t i = 0; i < plan.cells.size(); ++i) {
    const unsigned part = plan.cells[i].part;
    if (part >= parts_.size()) parts_.resize(part + 1);
    parts_[part].cells.push_back(i);
  }
}

bool KeptParts::begin(unsigned number) {
  Part& part = parts_[number];
  if (part.begun || !part.kept) return part.kept;
  part.begun = true;
  if (!budget_.total()) return true;
  const bool known = costs_.known(part.cells.front());
  const Time planned = budget_.spent() + needed_of_begun() - (known ? Time{0} : needed(part, for_a_verdict_));
  if (number > 0 && planned > *budget_.total()) part.kept = part.begun = false;
  return part.kept;
}

KeptParts::Time KeptParts::most_in_first_round(unsigned part, std::size_t samples) const {
  if (!budget_.total() || kept() == 1) return Time::max();
  const Time others = needed_of_begun() - needed(parts_[part], for_a_verdict_);
  const Time free = std::max(*budget_.left() - others, Time{1});
  return std::min(free / static_cast<Time::rep>(samples), *budget_.total() / for_a_verdict_);
}

void KeptParts::note_first_round(unsigned number, Time time) {
  Part& part = parts_[number];
  part.first_round += time;
  if (is_too_long(part)) part.kept = false;
}

/// Whether a part that is kept, and whose first round goes on or is over, cannot have as many rounds as a
/// verdict takes. Never the last one.
bool KeptParts::is_too_long(const Part& part) const {
  if (!budget_.total() || kept() == 1) return false;
  const Time planned = *budget_.total();
  if (part.first_round * for_a_verdict_ > planned) return true;
  const bool measured =
      std::all_of(part.cells.begin(), part.cells.end(), [this](auto cell) { return taken_[cell] > 0; });
  if (!measured) return false;
  return budget_.spent() + needed_of_begun() > planned;
}

bool KeptParts::make_room() {
  if (!budget_.total()) return false;
  const Time end = beyond_tolerance(*budget_.total());
  bool changed = false;
  for (auto part = parts_.rbegin(); part != parts_.rend(); ++part) {
    if (kept() <= 1 || budget_.spent() + needed(for_a_verdict_) <= end) break;
    if (!part->kept || needed(*part, for_a_verdict_) == Time{0}) continue;
    part->kept = false;
    changed = true;
  }
  return changed;
}

bool KeptParts::keep_the_shortest() {
  if (kept() > 0) return false;
  const auto time = [this](const Part& part) {
    return part.begun ? needed(part, for_a_verdict_) : Time::max();
  };
  const auto shortest = std::min_element(parts_.begin(), parts_.end(),
                                         [&time](const Part& a, const Part& b) { return time(a) < time(b); });
  shortest->kept = true;
  return true;
}

std::optional<unsigned> KeptParts::bring_back(unsigned first) {
  if (!budget_.total()) return std::nullopt;
  for (unsigned number = first; number < parts_.size(); ++number) {
    Part& part = parts_[number];
    if (part.kept || budget_.spent() + needed(part, for_a_verdict_) > *budget_.total()) continue;
    part.kept = part.begun = true;
    return number;
  }
  return std::nullopt;
}

std::size_t KeptParts::kept() const {
  return static_cast<std::size_t>(
      std::count_if(parts_.begin(), parts_.end(), [](const Part& part) { return part.kept; }));
}

KeptParts::Time KeptParts::needed(const Part& part, unsigned samples) const {
  Time time{0};
  for (const std::size_t cell : part.cells)
    if (taken_[cell] < samples) time += costs_.expected(cell) * (samples - taken_[cell]);
  return time;
}

KeptParts::Time KeptParts::needed(unsigned samples) const {
  Time time{0};
  for (const Part& part : parts_)
    if (part.kept) time += needed(part, samples);
  return time;
}

KeptParts::Time KeptParts::needed_of_begun() const {
  Time time{0};
  for (const Part& part : parts_)
    if (part.kept && part.begun) time += needed(part, for_a_verdict_);
  return time;
}

std::size_t KeptParts::all_samples(unsigned least) const {
  std::size_t samples = 0;
  for (const Part& part : parts_)
    for (const std::size_t cell : part.cells)
      samples += part.kept ? std::max(least, taken_[cell]) : taken_[cell];
  return samples;
}

LeftOut KeptParts::left_out() const {
  LeftOut out{{}, budget_.total().value_or(Time{0}), Time{0}};
  Time all{0};
  for (unsigned number = 0; number < parts_.size(); ++number) {
    if (!parts_[number].kept) out.parts.push_back(number);
    for (const std::size_t cell : parts_[number].cells) all += costs_.expected(cell) * for_a_verdict_;
  }
  out.enough = beyond_tolerance(all);
  return out;
}

}  // namespace runoff
