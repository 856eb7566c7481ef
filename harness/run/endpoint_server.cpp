#include "run/endpoint_server.h"

#include <poll.h>

#include <chrono>

#include "process/spawn.h"
#include "process/waits.h"
#include "runoff/worker_exit.h"
#include "support/errors.h"
#include "support/text.h"

namespace runoff {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds patience{20};

bool is_readable(int descriptor) {
  pollfd wait{descriptor, POLLIN, 0};
  return ::poll(&wait, 1, 0) > 0;
}

}  // namespace

EndpointServer::EndpointServer(std::filesystem::path executable) : executable_(std::move(executable)) {
  start();
}

void EndpointServer::start() {
  auto [output, output_end] = make_pipe();
  auto [errors, errors_end] = make_pipe();
  try {
    process_ = spawn({{executable_}, {}, -1, output_end.get(), errors_end.get()});
  } catch (const std::system_error& error) {
    throw MachineError("cannot start the endpoint '" + executable_.string() + "': " + error.code().message());
  }
  output_ = std::move(output);
  errors_ = std::move(errors);
  output_end.close();
  errors_end.close();
  url_ = read_url();
  if (!url_.empty()) return;
  std::string why;
  read_ends(errors_.get(), why, 4096);
  stop();
  throw MachineError("the endpoint did not start: " + (why.empty() ? "it gave no address" : one_line(why)));
}

std::string EndpointServer::read_url() {
  auto deadline = Clock::now() + patience;
  std::string line;
  Waits waits;
  for (bool open = true; open && !line.ends_with('\n');) {
    pollfd wait{output_.get(), POLLIN, 0};
    const auto [ready, stopped, now] = waits.wait_for({&wait, 1}, std::chrono::milliseconds(100));
    deadline += stopped;
    if (ready > 0) open = read_ends(output_.get(), line, 4096);
    if (now >= deadline) break;
  }
  return line.ends_with('\n') ? line.substr(0, line.find('\n')) : "";
}

std::string EndpointServer::revive() {
  if (!is_readable(process_.ended())) return {};
  std::error_code ignored;
  process_.wait(ignored);
  std::string how = describe_exit(process_.native_exit_code(), 0);
  start();
  return how;
}

void EndpointServer::stop() {
  if (!process_.valid()) return;
  std::error_code ignored;
  process_.terminate(ignored);  // kills and reaps; it has nothing to clear away
}

}  // namespace runoff
