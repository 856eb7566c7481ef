#include "mpi.h"

// The ranks place themselves, and are on this machine. Without the search for networks a start takes a
// fraction of the time. MPICH polls within its own calls: with more ranks than cores, a rank that polls is to
// give way.
RUNOFF_BACKEND(
    runoff::mpi::Mpi,
    {
        .name = "mpich",
        .summary = "MPI ranks by MPICH: the same source as mpi's",
        .source = "MPI 3.1, One-Sided Communications, Nonblocking Communication, MPI_Win_allocate_shared; "
                  "MPICH User's Guide; Hydra Process Management Framework",
        .runtime = runoff::mpi::version(),
        .options = runoff::mpi::options(),
        .environment = {{"MPIR_CVAR_POLLS_BEFORE_YIELD", "10"}},
        .only_by_name = true,
        .origins = {{.text = "MPICH: libmpich-dev mpich"}},
        .shares_memory = false,
        .launcher = RUNOFF_MPI_LAUNCHER " -n {workers} -launcher fork -bind-to none",
    })
