#include "by_hand.h"

int main(int argc, char** argv) {
  const auto [width, steps, grain, workers] = by_hand_arguments(argc, argv);
  Stencil stencil(width, steps, grain);
  Clock clock;
  do {
#pragma omp parallel num_threads(workers)
    for (std::size_t step = 0; step < stencil.steps(); ++step) {
#pragma omp for schedule(static)
      for (std::size_t point = 0; point < stencil.width(); ++point) stencil.run(step, point);
    }
  } while (clock.go_on());
  clock.print();
}
