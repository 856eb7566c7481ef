#pragma once

#include <cstddef>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

namespace runoff {

/// That a worker could not be had, by its number from 1 on, and why: "cannot start worker 33 of 100: Resource
/// temporarily unavailable".
inline std::system_error cannot_start_worker(std::size_t number, std::size_t of, std::error_code why) {
  return std::system_error(why,
                           "cannot start worker " + std::to_string(number) + " of " + std::to_string(of));
}

/// A thread that is this worker. Throws what `cannot_start_worker` says where a limit leaves no room for it;
/// those before it run, and are the caller's to end.
template <class Function>
std::thread start_thread(std::size_t number, std::size_t of, Function function) {
  try {
    return std::thread(std::move(function));
  } catch (const std::system_error& error) {
    throw cannot_start_worker(number, of, error.code());
  }
}

}  // namespace runoff
