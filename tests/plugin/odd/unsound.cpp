#include "runoff/backend_plugin.h"
#include "runoff/workload_plugin.h"

namespace {

using namespace runoff;

struct Some final : Independent {
  explicit Some(const Parameters&) {}
  std::size_t tasks() const override { return 1; }
  ResultLayout result() const override { return {}; }
  void run(Range, Results) const override {}
  Check check(Results) const override { return Check::ok(); }
};

}  // namespace

#if MISTAKE == 1
RUNOFF_WORKLOAD(Some, {.name = "some",
                       .checked_at = {"n=2,99"},
                       .parameters = {Parameter::count("n", 1, 1, 10, "")}})
#elif MISTAKE == 2
RUNOFF_WORKLOAD(Some,
                {.name = "some", .checked_at = {"m=1"}, .parameters = {Parameter::count("n", 1, 1, 10, "")}})
#elif MISTAKE == 3
RUNOFF_WORKLOAD(Some, {.name = "some",
                       .parameters = {Parameter::count("n", 1, 1, 10, "").only_for(Shape::dependent)}})
#else
struct Nothing final : Backend {};
RUNOFF_WORKLOAD(Some, {.name = "some"})
RUNOFF_BACKEND(Nothing, {.name = "some"})
#endif
