#include "run/endpoint_server.h"

#include <poll.h>

#include <chrono>

#include "process/spawn.h"
#include "runoff/worker_exit.h"
#include "support/errors.h"
#include "support/text.h"

namespace runoff {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds patience{20};

bool readable(int descriptor, std::chrono::milliseconds limit) {
  pollfd wait{descriptor, POLLIN, 0};
  return ::poll(&wait, 1, static_cast<int>(limit.count())) > 0;
}

}  // namespace

EndpointServer::EndpointServer(std::filesystem::path executable) : executable_(std::move(executable)) {
  start();
}

void EndpointServer::start() {
  auto [output, output_end] = make_pipe();
  auto [errors, errors_end] = make_pipe();
  std::error_code error;
  process_ = spawn({{executable_}, {}, -1, output_end.get(), errors_end.get()}, error);
  if (error)
    throw MachineError("cannot start the endpoint '" + executable_.string() + "': " + error.message());
  output_ = std::move(output);
  errors_ = std::move(errors);
  ended_ = watch(process_.id());
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
  const auto deadline = Clock::now() + patience;
  std::string line;
  for (bool open = true; open && !line.ends_with('\n') && Clock::now() < deadline;)
    if (readable(output_.get(), std::chrono::milliseconds(100))) open = read_ends(output_.get(), line, 4096);
  return line.ends_with('\n') ? line.substr(0, line.find('\n')) : "";
}

std::string EndpointServer::revive() {
  if (!readable(ended_.get(), std::chrono::milliseconds(0))) return {};
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
