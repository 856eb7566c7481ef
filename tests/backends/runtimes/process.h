#pragma once

#include <sched.h>

#include <cstddef>
#include <string>
#include <vector>

/// Threads of this process.
std::size_t threads_now();

/// Processor time of this process so far, all threads together, in milliseconds.
double processor_ms();

/// Cores that this process may run on.
std::vector<int> cores();

/// Binds the calling thread to one core.
void bind_to(int core);

/// Where the calling thread may run.
std::vector<int> cores_of_this_thread();

/// Whether a file whose path contains `name` is mapped into this process.
bool mapped(const std::string& name);
