#pragma once

#include "dispenso/task_set.h"

namespace dispenso {

enum class ParForChunking { kStatic, kAdaptive };
struct ParForOptions {
  ParForChunking defaultChunking = ParForChunking::kStatic;
};

template <class Number, class Function>
void parallel_for(TaskSet&, Number first, Number last, Function function, ParForOptions) {
  for (; first < last; ++first) function(first);
}

}  // namespace dispenso
