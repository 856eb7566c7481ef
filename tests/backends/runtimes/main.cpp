// runtime_tests MODULE [GoogleTest's options]: tests one runtime's module, in a process that loads no other.

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "module.h"

namespace {

constexpr const char* ready = "RUNOFF_TEST_ENVIRONMENT_READY";
void* module = nullptr;
const runoff::BackendPlugin* loaded = nullptr;

void load(const char* file) {
  module = ::dlopen(file, RTLD_NOW | RTLD_LOCAL);
  void* entry = module == nullptr ? nullptr : ::dlsym(module, "runoff_backend");
  if (entry == nullptr) {
    std::fprintf(stderr, "%s\n", ::dlerror());
    std::exit(3);
  }
  loaded = reinterpret_cast<const runoff::BackendPlugin* (*)()>(entry)();
}

}  // namespace

const runoff::BackendPlugin& plugin() { return *loaded; }

void* symbol(const char* name) { return ::dlsym(module, name); }

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (testing::GTEST_FLAG(list_tests)) return RUN_ALL_TESTS();
  if (argc != 2) {
    std::fprintf(stderr, "usage: runtime_tests MODULE [--gtest_...]\n");
    return 2;
  }
  load(argv[1]);
  // A runtime reads its environment when it is loaded, so it is loaded again, in a fresh process.
  if (std::getenv(ready) == nullptr) {
    ::setenv(ready, "1", 1);
    for (const auto& [name, value, variant] : plugin().environment)
      if (variant.empty()) ::setenv(name.c_str(), value.c_str(), 1);
    const std::string filter = "--gtest_filter=" + testing::GTEST_FLAG(filter);
    ::execl("/proc/self/exe", argv[0], argv[1], filter.c_str(), nullptr);
    std::perror("execl");
    return 3;
  }
  return RUN_ALL_TESTS();
}
