#include "subjects.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <vector>

#include "process/capture.h"
#include "process/descendants.h"
#include "process/spawn.h"
#include "run/endpoint_server.h"
#include "runoff/unit.h"
#include "support/install.h"
#include "support/proc.h"
#include "support/temporary_folder.h"
#include "support/text.h"

namespace {

namespace fs = std::filesystem;

/// A port that was free a moment ago.
std::uint16_t free_port() {
  const runoff::Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(place);
  if (::bind(socket.get(), reinterpret_cast<sockaddr*>(&place), size) != 0 ||
      ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&place), &size) != 0)
    throw std::runtime_error("no port is free");
  return ntohs(place.sin_port);
}

class Endpoint final : public Subject {
 public:
  explicit Endpoint(const Task& task) : task_(task), server_(runoff::find_install().endpoint()) {}
  std::string name() const override { return "runoff serve"; }
  std::uint16_t port() const override {
    return static_cast<std::uint16_t>(std::stoi(server_.url().substr(server_.url().rfind(':') + 1)));
  }
  std::string target() const override {
    return fmt::format("/a.txt?latency={}&size={}B", task_.latency, task_.size);
  }
  std::vector<pid_t> processes() const override { return {server_.process()}; }

 private:
  Task task_;
  runoff::EndpointServer server_;
};

constexpr const char* echo_module = "/usr/lib/nginx/modules/ngx_http_echo_module.so";
constexpr const char* nginx_program = "/usr/sbin/nginx";

/// A text as one parameter of nginx's configuration, of which none has more than 4 KiB: put together from
/// variables, which `settings` sets.
struct LongParameter {
  std::string settings, parameter;
  explicit LongParameter(std::size_t size) {
    constexpr std::size_t most = 2048;
    if (size >= most) settings = "set $part '" + std::string(most, 'a') + "'; ";
    for (; size >= most; size -= most) parameter += "${part}";
    parameter += std::string(size, 'a');
  }
};

/// One worker, as ours has one thread; its echo module waits and answers from memory.
class Nginx final : public Subject {
 public:
  explicit Nginx(const Task& task) : port_(free_port()) {
    const auto latency = runoff::parse_duration(task.latency).value();
    const std::string folder = folder_.path();
    const LongParameter answer(task.size);
    std::ofstream(folder_.path() / "nginx.conf")
        << "load_module " << echo_module << ";\ndaemon off;\nworker_processes 1;\npid " << folder
        << "/pid;\nerror_log " << folder << "/error.log;\nevents { worker_connections 16384; }\n"
        << "http {\n access_log off;\n keepalive_requests 1000000000;\n"
        << " client_body_temp_path " << folder << ";\n proxy_temp_path " << folder << ";\n fastcgi_temp_path "
        << folder << ";\n uwsgi_temp_path " << folder << ";\n scgi_temp_path " << folder << ";\n"
        << " server { listen 127.0.0.1:" << port_ << " backlog=4096;\n"
        << "  location = /waits { echo_sleep " << fmt::format("{:.3f}", static_cast<double>(latency) / 1e9)
        << "; echo_exec /says; }\n"
        << "  location = /says { internal; default_type text/plain; " << answer.settings << "return 200 '"
        << answer.parameter << "'; }\n }\n}\n";
    const std::vector<std::string> command{nginx_program, "-c", folder + "/nginx.conf", "-p", folder};
    require_understood(command);
    process_ = runoff::spawn({command, {}});
  }
  ~Nginx() override {
    ::kill(process_.id(), SIGTERM);  // its master ends the worker
    std::error_code ignored;
    process_.wait(ignored);
  }
  std::string name() const override { return "nginx, echo_sleep"; }
  std::uint16_t port() const override { return port_; }
  std::string target() const override { return "/waits"; }
  std::vector<pid_t> processes() const override {
    auto all = runoff::descendants(process_.id());
    all.push_back(process_.id());
    return all;
  }

 private:
  /// Or all that is seen of a mistake in the configuration is that connections are refused.
  static void require_understood(std::vector<std::string> command) {
    command.emplace_back("-t");
    const auto tried = runoff::capture_all({{command}}, std::chrono::seconds(20)).front();
    if (tried.exit_code != 0)
      throw std::runtime_error("nginx does not start: " + runoff::one_line(tried.error));
  }

  runoff::TemporaryFolder folder_;
  std::uint16_t port_;
  mutable runoff::Child process_;
};

/// "Rss:  1234 kB" in a file of /proc, in MiB.
double mebibytes(const std::string& file, const std::string& field) {
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);)
    if (line.starts_with(field)) return std::stod(line.substr(field.size())) / 1024;
  return 0;
}

}  // namespace

std::unique_ptr<Subject> start_endpoint(const Task& task) { return std::make_unique<Endpoint>(task); }

bool is_nginx_there() { return fs::exists(echo_module) && fs::exists(nginx_program); }

std::unique_ptr<Subject> start_nginx(const Task& task) { return std::make_unique<Nginx>(task); }

Usage usage_of(const std::vector<pid_t>& processes) {
  Usage usage;
  for (const pid_t process : processes) {
    const std::string folder = "/proc/" + std::to_string(process) + "/";
    usage.cpu_seconds += static_cast<double>(runoff::process_cpu_ns(process)) / 1e9;
    usage.rss_mib += mebibytes(folder + "smaps_rollup", "Rss:");
    usage.pss_mib += mebibytes(folder + "smaps_rollup", "Pss:");
  }
  return usage;
}
