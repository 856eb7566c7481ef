#include "mpi.h"

// The launcher is for one machine. Files of shared memory lie in the job's own folder: in /dev/shm a rank
// leaves them that is killed before it has told mpirun of them. No trial of other kinds of shared memory,
// which may be left in the same way. No binding: mpirun fails where more ranks than cores would be bound, or
// binds them unevenly; the ranks place themselves. No search for networks and remote shells, which costs most
// of a start and fails where there are none. Windows in plain shared memory: the default goes through a
// transport, which with more ranks than cores took milliseconds for a count instead of 50 ns.
// On several hosts a remote shell starts daemons there, and TCP is what every network has; over it windows
// are messages: what Open MPI 4.1 takes by itself there, osc rdma, ends with "invalid window". Open MPI 5
// calls some of it by other names, and has no osc pt2pt.
#if OMPI_MAJOR_VERSION >= 5
#define RUNOFF_ON_ONE_MACHINE                                                      \
  "--mca btl self,sm --mca btl_sm_backing_directory {shared_memory} --mca osc sm " \
  "--mca osc_sm_backing_directory {shared_memory} --mca shmem mmap --prtemca odls_base_sigkill_timeout 0"
#define RUNOFF_ON_HOSTS "--mca btl self,sm,tcp --prtemca odls_base_sigkill_timeout 0"
#else
#define RUNOFF_ON_ONE_MACHINE                                                                  \
  "--mca plm isolated --mca btl self,vader --mca btl_vader_backing_directory {shared_memory} " \
  "--mca osc sm --mca osc_sm_backing_directory {shared_memory} --mca shmem mmap --mca "        \
  "odls_base_sigkill_timeout 0"
#define RUNOFF_ON_HOSTS "--mca btl self,vader,tcp --mca osc pt2pt --mca odls_base_sigkill_timeout 0"
#endif

RUNOFF_BACKEND(
    runoff::mpi::Mpi,
    {
        .name = "mpi",
        .summary =
            "MPI ranks (Open MPI) that take chunks from a shared counter, or subtrees of a recursion, or run "
            "blocks of a graph's points; rank 0 gathers",
        .source = "MPI 3.1, One-Sided Communications, Nonblocking Communication, MPI_Win_allocate_shared: "
                  "https://www.mpi-forum.org/docs/mpi-3.1/mpi31-report.pdf",
        .runtime = runoff::mpi::version(),
        .options = runoff::mpi::options(),
        .environment = {{"OMPI_ALLOW_RUN_AS_ROOT", "1"}, {"OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"}},
        .origins = {{.text = "Open MPI: libopenmpi-dev openmpi-bin"}},
        .shares_memory = false,
        .launcher = RUNOFF_MPI_LAUNCHER
        " -n {workers} --oversubscribe --bind-to none --mca pml ob1 " RUNOFF_ON_ONE_MACHINE,
        .launcher_on_hosts = RUNOFF_MPI_LAUNCHER
        " -n {workers} --hostfile {hosts} --oversubscribe --bind-to none --mca pml ob1 " RUNOFF_ON_HOSTS,
        // Out of processes or descriptors, mpirun says so and then waits for ranks that it never started.
        // Where a rank dies within MPI_Init, it says so and then may wait for ranks that are gone.
        // Open MPI 4 says so as ORTE, Open MPI 5 as PRTE and prterun.
        .launcher_failures = {"ORTE_ERROR_LOG: The system limit on number of",
                              "PRTE ERROR: The system limit on number of",
                              // Before it stands the name by which it was called.
                              " noticed that process rank",
                              // A host is gone, or was never reached.
                              "ORTE has lost communication with a remote daemon",
                              "PRTE has lost communication with a remote daemon",
                              "was unable to reliably start one or more daemons"},
    })
