#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "runoff/backend_plugin.h"

namespace {

/// What a library's static constructors do while the module is loaded, in the way that it was compiled for.
struct AtLoad {
  AtLoad() {
#if defined(PRINTS)
    std::cout << "{\"kind\": \"a banner, version 3\"}" << std::endl;
    std::puts("and more");
    std::cerr << "with a warning\n";
#elif defined(EXITS)
    std::puts("no licence was found");
    std::exit(0);
#elif defined(LEAVES)
    ::_exit(5);
#elif defined(HANGS)
    std::fputs("waiting for the device\n", stderr);
    for (;;) ::pause();
#elif defined(CLOSES)
    for (int i = 3; i < 1024; ++i) ::close(i);
#elif defined(CLOSES_ALL)
    for (int i = 0; i < 1024; ++i) ::close(i);
#endif
  }
#if defined(DIES_AT_END)
  ~AtLoad() { ::raise(SIGKILL); }
#endif
} const at_load;

/// A plain loop, which prints as well.
struct Loop final : runoff::Backend {
  runoff::Execution start(const runoff::Independent& loop, runoff::Results results, runoff::Host&) override {
    std::cout << "started with " << loop.tasks() << " tasks" << std::endl;
    return [&loop, results] { loop.run({0, loop.tasks()}, results); };
  }
};

}  // namespace

RUNOFF_BACKEND(Loop, {.name = "odd", .summary = "odd while it is loaded", .most_workers = 1})
