#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include "by_hand.h"

namespace tbb = oneapi::tbb;

int main(int argc, char** argv) {
  const auto [width, steps, grain, workers] = by_hand_arguments(argc, argv);
  Stencil stencil(width, steps, grain);
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, workers);
  tbb::task_arena arena(static_cast<int>(workers));
  Clock clock;
  do {
    arena.execute([&] {
      for (std::size_t step = 0; step < stencil.steps(); ++step)
        tbb::parallel_for(
            tbb::blocked_range<std::size_t>(0, stencil.width()),
            [&](const auto& points) {
              for (std::size_t point = points.begin(); point != points.end(); ++point)
                stencil.run(step, point);
            },
            tbb::static_partitioner());
    });
  } while (clock.go_on());
  clock.print();
}
