#include <omp.h>
#include <sys/mman.h>
#include <unistd.h>

#include "openmp.h"

namespace {

/// libomp registers itself in a file in /dev/shm, which outlives a process that is killed. The file only
/// serves to find a second copy of libomp in the process, so it may go as soon as it is there.
class LlvmOpenMp final : public OpenMp {
 public:
  explicit LlvmOpenMp(const runoff::Settings& settings) : OpenMp(settings) {
    omp_get_max_threads();  // the first call registers
    const std::string name =
        "/__KMP_REGISTERED_LIB_" + std::to_string(::getpid()) + "_" + std::to_string(::getuid());
    ::shm_unlink(name.c_str());
  }
};

}  // namespace

RUNOFF_BACKEND(LlvmOpenMp, {
                               .name = "openmp-llvm",
                               .summary = "OpenMP by LLVM's libomp: the same machine code as openmp's",
                               .source = "OpenMP 5.1, worksharing-loop construct, depend clause, iterators, "
                                         "task and taskwait; LLVM/OpenMP Runtimes: "
                                         "KMP_BLOCKTIME, GNU compatibility",
                               .runtime = openmp_runtime("LLVM libomp"),
                               .options = openmp_options(),
                               .environment = openmp_environment(),
                               .origins = {{.text = "LLVM: libomp-dev; clang -fopenmp"}},
                           })
