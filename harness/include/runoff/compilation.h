#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runoff/errors.h"

namespace runoff {

/// How a module was compiled. Modules that were compiled otherwise than their rivals are not compared on
/// equal terms.
struct Compilation {
  std::string compiler = {};  ///< name and version; empty: not known
  bool optimised = false;
  bool assertions = false;     ///< assert() is checked: NDEBUG was not defined
  std::string sanitizer = {};  ///< "address", "thread", or empty
  std::string flags = {};      ///< those that CMake was told; empty: not known
  /// Modules of two builds must not meet in a process: "uring" where Boost.Asio is on io_uring; empty: the
  /// usual one.
  std::string build = {};
};

/// How large the compiler makes what a module and the harness hand each other. Where that differs, neither
/// can read what the other has made. Plain numbers, which any layout can read.
struct Layout {
  struct Padded {
    char small;
    double aligned;
  };
  std::uint32_t string, container, padded;
};

}  // namespace runoff

#if defined(__clang__)
#define RUNOFF_MODULE_COMPILER "Clang " __clang_version__
#elif defined(__GNUC__)
#define RUNOFF_MODULE_COMPILER "GCC " __VERSION__
#else
#define RUNOFF_MODULE_COMPILER ""
#endif

#ifdef __OPTIMIZE__
#define RUNOFF_OPTIMISED true
#else
#define RUNOFF_OPTIMISED false
#endif

#ifdef NDEBUG
#define RUNOFF_ASSERTIONS false
#else
#define RUNOFF_ASSERTIONS true
#endif

#ifndef __has_feature  // Clang's
#define RUNOFF_HAS_FEATURE(feature) 0
#else
#define RUNOFF_HAS_FEATURE(feature) __has_feature(feature)
#endif
#if defined(__SANITIZE_THREAD__) || RUNOFF_HAS_FEATURE(thread_sanitizer)
#define RUNOFF_SANITIZER_NAME "thread"
#elif defined(__SANITIZE_ADDRESS__) || RUNOFF_HAS_FEATURE(address_sanitizer)
#define RUNOFF_SANITIZER_NAME "address"
#else
#define RUNOFF_SANITIZER_NAME ""
#endif

#ifndef RUNOFF_MODULE_FLAGS  // runoff_add_backend and runoff_add_workload define it
#define RUNOFF_MODULE_FLAGS ""
#endif

#ifndef RUNOFF_MODULE_BUILD  // runoff::asynchronous_uring defines it
#define RUNOFF_MODULE_BUILD ""
#endif

/// The layout in the source that this stands in; a function of the module's own says it (`symbol`).
#define RUNOFF_LAYOUT(symbol)                                                             \
  extern "C" RUNOFF_VISIBLE const runoff::Layout* symbol() {                              \
    static constexpr runoff::Layout layout{sizeof(std::string), sizeof(std::vector<int>), \
                                           sizeof(runoff::Layout::Padded)};               \
    return &layout;                                                                       \
  }

/// Of the source that this stands in: a macro, because a function might be another module's.
#define RUNOFF_COMPILATION                                                                                   \
  runoff::Compilation {                                                                                      \
    RUNOFF_MODULE_COMPILER, RUNOFF_OPTIMISED, RUNOFF_ASSERTIONS, RUNOFF_SANITIZER_NAME, RUNOFF_MODULE_FLAGS, \
        RUNOFF_MODULE_BUILD                                                                                  \
  }
