#pragma once

#include <type_traits>

#include "runoff/recursive.h"
#include "runoff/workload.h"

namespace runoff {

/// Calls `visit` with the workload as what it is: Independent, Dependent or Recursive.
template <class AnyWorkload, class Visit>
decltype(auto) visit_shape(AnyWorkload& workload, Visit visit) {
  constexpr bool read_only = std::is_const_v<AnyWorkload>;
  switch (workload.shape()) {
    case Shape::independent:
      return visit(static_cast<std::conditional_t<read_only, const Independent, Independent>&>(workload));
    case Shape::dependent:
      return visit(static_cast<std::conditional_t<read_only, const Dependent, Dependent>&>(workload));
    case Shape::recursive:
      break;
  }
  return visit(static_cast<std::conditional_t<read_only, const Recursive, Recursive>&>(workload));
}

}  // namespace runoff
