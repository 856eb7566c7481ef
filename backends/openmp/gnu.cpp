#include "openmp.h"

RUNOFF_BACKEND(OpenMp, {
                           .name = "openmp",
                           .summary = "OpenMP by GNU's libgomp: a parallel for with one task an iteration",
                           .source = "OpenMP 5.1, worksharing-loop construct, depend clause, iterators, task "
                                     "and taskwait; GNU Offloading and Multi "
                                     "Processing Runtime Library: omp_set_schedule, GOMP_SPINCOUNT",
                           .runtime = openmp_runtime("GNU libgomp"),
                           .options = openmp_options(),
                           .environment = openmp_environment(),
                           .origins = {{.text = "GCC: -fopenmp"}},
                       })
