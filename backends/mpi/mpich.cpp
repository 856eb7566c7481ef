#include "mpi.h"

// The launcher is for one machine: its counter lies in memory that the ranks share. Over a network MPICH
// counts by messages, which a rank answers only within MPI's calls, so ranks would wait while another works.
// No binding: the ranks place themselves. No networks: they are on this machine. With more ranks than cores,
// one that polls within a call of MPI gives way.
RUNOFF_BACKEND(
    runoff::mpi::Mpi,
    {
        .name = "mpich",
        .summary = "MPI ranks (MPICH): the same source as mpi",
        .source = "MPI 3.1, MPI_Win_allocate_shared, Nonblocking Communication: "
                  "https://www.mpi-forum.org/docs/mpi-3.1/mpi31-report.pdf; MPICH User's Guide; Hydra",
        .runtime = runoff::mpi::version(),
        .options = runoff::mpi::options(),
        .environment = {{"UCX_TLS", "self,sm"}},
        .only_by_name = true,
        .origins = {{.text = "MPICH: libmpich-dev mpich"}},
        .shares_memory = false,
        .launcher = RUNOFF_MPI_LAUNCHER " -n {workers} -launcher fork -bind-to none -print-all-exitcodes",
    })
