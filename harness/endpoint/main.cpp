#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/signalfd.h>

#include <cerrno>
#include <csignal>
#include <memory>
#include <thread>
#include <vector>

#include "endpoint/options.h"
#include "endpoint/server.h"
#include "support/begin_afresh.h"
#include "support/descriptor.h"
#include "support/standard_streams.h"

namespace runoff::endpoint {
namespace {

/// As many connections as the system allows.
void raise_descriptor_limit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

/// Readable once a signal asks this process to end. Must come before any thread.
Descriptor signals_that_end_us() {
  sigset_t signals;
  ::sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM}) ::sigaddset(&signals, signal);
  ::sigprocmask(SIG_BLOCK, &signals, nullptr);
  return Descriptor(::signalfd(-1, &signals, SFD_CLOEXEC));
}

/// 130 for Ctrl-C, else 0.
int status_of(const Descriptor& signals) {
  signalfd_siginfo received{};
  const bool known = ::read(signals.get(), &received, sizeof(received)) == sizeof(received);
  return known && received.ssi_signo == SIGINT ? 130 : 0;
}

int serve(const Options& options) {
  raise_descriptor_limit();
  const Descriptor signals = signals_that_end_us();
  std::vector<std::unique_ptr<Server>> servers;
  Tcp::endpoint place(options.address, options.port);
  // Threads share a port, and another server could share it with them. So the port must be free at first.
  if (options.threads > 1) std::make_unique<Server>(options.behaviour, options.limits, place, false);
  for (unsigned i = 0; i < options.threads; ++i) {
    servers.push_back(
        std::make_unique<Server>(options.behaviour, options.limits, place, options.threads > 1));
    place = servers.front()->place();
  }
  if (!options.address.is_loopback())
    warn(fmt::format("listening on {}: others than this machine can reach it", options.address.to_string()));
  const char* form = options.address.is_v6() ? "http://[{}]:{}\n" : "http://{}:{}\n";
  fmt::print(fmt::runtime(form), place.address().to_string(), place.port());
  require_output();

  std::vector<std::jthread> threads;
  for (std::size_t i = 1; i < servers.size(); ++i)
    threads.emplace_back([&server = *servers[i], &signals] { server.run(signals.get()); });
  servers.front()->run(signals.get());
  threads.clear();
  return status_of(signals);
}

}  // namespace
}  // namespace runoff::endpoint

int main(int count, char** arguments) {
  using namespace runoff;
  using namespace runoff::endpoint;
  begin_afresh();
  wait_for_readers();
  std::signal(SIGPIPE, SIG_IGN);  // a client, or a reader, that goes away ends no server
  int status = 0;
  const auto options = read_options(count, arguments, status);
  try {
    if (!options) {
      require_output();
      return status;
    }
    return serve(*options);
  } catch (const boost::system::system_error& error) {
    const char* remedy =
        error.code() == asio::error::address_in_use ? "; without --port it takes one that is free"
        : error.code().value() == EADDRNOTAVAIL     ? "; --listen takes an address of this machine"
                                                    : "";
    say(fmt::format("runoff serve: cannot listen on {} port {}: {}{}\n", options->address.to_string(),
                    options->port, error.code().message(), remedy));
    return 3;
  } catch (const std::exception& error) {
    say(fmt::format("runoff serve: {}\n", error.what()));
    return 3;
  }
}
