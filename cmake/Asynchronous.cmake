# runoff::asynchronous: what a module links whose tasks or workers are Boost.Asio coroutines. All modules of a process
# must agree on how Asio is built: sockets on epoll, and files on io_uring where its library is there. With
# runoff::asynchronous_uring sockets and timers are on io_uring too. A module is one or the other once it is compiled, so
# runoff_add_workload compiles it for both. RUNOFF_ASYNCHRONOUS has those that there are.
find_package(Threads REQUIRED)
if(NOT RUNOFF_BOOST)  # a plug-in takes the one that runoff was built with
  set(RUNOFF_BOOST 1.81)
endif()
find_package(Boost ${RUNOFF_BOOST} QUIET CONFIG COMPONENTS filesystem)
find_library(RUNOFF_URING_LIBRARY uring)
mark_as_advanced(RUNOFF_URING_LIBRARY)

if(Boost_FOUND AND NOT TARGET runoff::asynchronous)
  set(RUNOFF_ASYNCHRONOUS runoff::asynchronous)
  add_library(runoff::asynchronous INTERFACE IMPORTED)
  target_link_libraries(runoff::asynchronous INTERFACE Boost::headers Threads::Threads)
  if(RUNOFF_URING_LIBRARY)
    target_link_libraries(runoff::asynchronous INTERFACE "${RUNOFF_URING_LIBRARY}")
    target_compile_definitions(runoff::asynchronous INTERFACE BOOST_ASIO_HAS_IO_URING)
  endif()
  # On io_uring Asio takes it that it finds its loop among those that the thread runs, in whichever module it looks: the
  # list must be one for all of them. GCC makes it so (STB_GNU_UNIQUE), Clang does not, and there Asio crashes.
  if(RUNOFF_URING_LIBRARY AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    list(APPEND RUNOFF_ASYNCHRONOUS runoff::asynchronous_uring)
    add_library(runoff::asynchronous_uring INTERFACE IMPORTED)
    target_link_libraries(runoff::asynchronous_uring INTERFACE runoff::asynchronous)
    target_compile_definitions(runoff::asynchronous_uring INTERFACE BOOST_ASIO_DISABLE_EPOLL RUNOFF_MODULE_BUILD="uring")
  endif()
endif()
