# Finds the runtimes and libraries that modules wrap. None is required: a module whose library is absent is left out,
# and `runoff list` says so.
find_package(Threads REQUIRED)
find_package(TBB QUIET)
find_package(OpenMP QUIET COMPONENTS CXX)
include(Asynchronous)  # finds Boost as well
# Debian's alternatives decide which MPI `mpicxx` is, so this one is asked for by name.
find_program(MPI_CXX_COMPILER mpicxx.openmpi)
find_package(MPI QUIET COMPONENTS CXX)
find_program(RUNOFF_OPENMPI_RUN NAMES mpirun.openmpi orterun mpirun)
mark_as_advanced(RUNOFF_OPENMPI_RUN)
cmake_path(GET RUNOFF_OPENMPI_RUN FILENAME RUNOFF_OPENMPI_LAUNCHER)
find_package(JPEG QUIET)
find_package(CURL QUIET)
find_package(SQLite3 QUIET)

# Both OpenMP runtimes run GCC's objects; LLVM's lies in a folder of its own for each version.
file(GLOB llvm_folders /usr/lib/llvm-*/lib)
list(SORT llvm_folders COMPARE NATURAL ORDER DESCENDING)
find_library(RUNOFF_LLVM_OPENMP_LIBRARY NAMES omp libomp.so.5 HINTS ${llvm_folders})
mark_as_advanced(RUNOFF_LLVM_OPENMP_LIBRARY)
set(RUNOFF_GNU_OPENMP OFF)
set(RUNOFF_LLVM_OPENMP OFF)
if(OpenMP_CXX_FOUND AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(RUNOFF_GNU_OPENMP ON)
  if(RUNOFF_LLVM_OPENMP_LIBRARY)
    set(RUNOFF_LLVM_OPENMP ON)
  endif()
endif()
