#include "openmp.h"

RUNOFF_BACKEND(OpenMp, {
                           .name = "openmp-llvm",
                           .summary = "OpenMP by LLVM's libomp: the same machine code as openmp's",
                           .source = "OpenMP 5.1, worksharing-loop construct; LLVM/OpenMP Runtimes: "
                                     "KMP_BLOCKTIME, GNU compatibility",
                           .runtime = openmp_runtime("LLVM libomp"),
                           .options = openmp_options(),
                           .environment = openmp_environment(),
                       })
