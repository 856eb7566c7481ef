#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "runoff/endpoint.h"
#include "runoff/endpoint_content.h"
#include "runoff/task_record.h"
#include "runoff/workload_plugin.h"

namespace {

struct Socket {
  int number = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ~Socket() { ::close(number); }
};

/// Each task asks the endpoint for a page of its own, over a connection of its own.
class Visit final : public runoff::Independent {
 public:
  explicit Visit(const runoff::Parameters& parameters)
      : tasks_(static_cast<std::size_t>(parameters.count("tasks"))), query_(parameters.text("query")) {}

  std::size_t tasks() const override { return tasks_; }
  runoff::ResultLayout result() const override { return runoff::result_of<runoff::TaskRecord>(); }

  void run(runoff::Range range, runoff::Results results) const override {
    const auto endpoint = runoff::Endpoint::from_environment();
    for (std::size_t task = range.first; task < range.last; ++task) {
      const auto begin = runoff::TaskRecord::Clock::now();
      const std::string wrong = visit(endpoint, "/page-" + std::to_string(task));
      auto& record = results.at<runoff::TaskRecord>(task);
      wrong.empty() ? record.succeeded(begin) : record.failed(begin, wrong);
    }
  }

  const runoff::TaskRecord* record(runoff::Results results, std::size_t slot) const override {
    return &results.at<runoff::TaskRecord>(slot);
  }
  runoff::Check check(runoff::Results) const override { return runoff::Check::ok(); }

 private:
  std::string visit(const runoff::Endpoint& endpoint, const std::string& path) const {
    const std::size_t colon = endpoint.url.rfind(':');
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(static_cast<std::uint16_t>(std::atoi(endpoint.url.c_str() + colon + 1)));
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const Socket socket;
    if (::connect(socket.number, reinterpret_cast<const sockaddr*>(&place), sizeof(place)) != 0)
      return "cannot connect";
    const std::string request =
        "GET " + path + "?" + query_ + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    if (::send(socket.number, request.data(), request.size(), MSG_NOSIGNAL) < 0) return "cannot send";
    std::string answer;
    char part[4096];
    for (ssize_t count; (count = ::recv(socket.number, part, sizeof(part), 0)) > 0;)
      answer.append(part, static_cast<std::size_t>(count));
    const std::size_t head = answer.find("\r\n\r\n");
    if (!answer.starts_with("HTTP/1.1 200") || head == answer.npos) return "no whole answer";
    const std::string body = answer.substr(head + 4);
    if (endpoint.built_in && body != runoff::EndpointContent(path).text(body.size())) return "wrong content";
    return {};
  }

  std::size_t tasks_;
  std::string query_;
};

}  // namespace

RUNOFF_WORKLOAD(Visit, {.name = "visit",
                        .summary = "Pages of the endpoint",
                        .bound = runoff::Bound::io,
                        .source = "the endpoint's definition",
                        .parameters = {runoff::Parameter::count("tasks", 4, 0, 100'000, "visits"),
                                       runoff::Parameter::text("query", "size=5000B", "how it is to answer")},
                        .endpoint = true})
