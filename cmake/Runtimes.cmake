# Finds the runtimes and libraries that modules wrap. None is required: a module whose library is absent is left out,
# and `runoff list` says so.
find_package(Threads REQUIRED)
find_package(TBB QUIET)
find_package(OpenMP QUIET COMPONENTS CXX)
set(Boost_NO_WARN_NEW_VERSIONS ON)
find_package(Boost 1.81 EXACT QUIET COMPONENTS filesystem)
find_package(MPI QUIET COMPONENTS CXX)
find_package(JPEG QUIET)
