#include <memory>
#include <optional>
#include <string>

#include "fetching.h"
#include "pace.h"
#include "runoff/cell_folder.h"
#include "runoff/workload_plugin.h"

namespace {

/// Many requests. In a closed loop each worker sends its next when the last is answered, so a slow server is
/// asked less often. In an open loop requests are due at a rate, whatever the server does, and latencies
/// count from when they were due.
class FetchMany final : public http::Fetching {
 public:
  explicit FetchMany(const runoff::Parameters& parameters)
      : Fetching(static_cast<std::size_t>(parameters.count("requests")), parameters.duration("timeout")),
        endpoint_(parameters) {
    if (parameters.has("rate"))
      pace_.emplace(folder_.path() + "/pace", tasks(), static_cast<std::uint64_t>(parameters.count("rate")));
    if (!endpoint_.is_known()) return;
    client_ = parameters.text("client") == "curl" ? http::make_curl_client(timeout())
                                                  : http::make_socket_client(endpoint_.url(), timeout());
  }

  void fill(const runoff::Memory& memory) override {
    Fetching::fill(memory);
    if (!pace_) return;
    folder_.make();
    pace_->make();
  }

 private:
  const http::Client* client() const override { return client_.get(); }

  // A server that is not runoff's own has the letters and nothing else.
  std::size_t sources() const override {
    return endpoint_.is_built_in() ? tasks() : std::min<std::size_t>(26, tasks());
  }
  http::Source source(std::size_t index) const override {
    std::string path(1, '/');
    if (endpoint_.is_built_in())
      path.append(std::to_string(index));
    else
      path.push_back(static_cast<char>('a' + index));
    return endpoint_.source(path.append(".txt"));
  }

  Clock::time_point due() const override { return pace_ ? pace_->next() : Clock::now(); }

  http::EndpointSources endpoint_;
  runoff::CellFolder folder_{"fetch-many"};
  std::optional<Pace> pace_;
  std::unique_ptr<http::Client> client_;
};

std::vector<runoff::Parameter> parameters() {
  auto list = http::fetching_parameters("50ms", "1KiB");
  list.push_back(runoff::Parameter::count("requests", 10'000, 0, 1'000'000, "requests of one execution"));
  list.push_back(runoff::Parameter::optional_count(
      "rate", 1, 1'000'000, "requests a second that are due (an open loop); without it a closed loop"));
  list.push_back(runoff::Parameter::choice(
      "client", {"socket", "curl"}, "HTTP/1.1 on plain sockets (Asio's on an event loop), or libcurl"));
  return list;
}

}  // namespace

RUNOFF_WORKLOAD(
    FetchMany,
    {
        .name = "fetch-many",
        .summary = "many requests, as fast as they are answered or at a given rate",
        .bound = runoff::Bound::io,
        .source = "the built-in endpoint's content by its definition (endpoint_content.h); of other "
                  "servers: one fetch of each file at set-up",
        .checked_at = {"latency=2ms", "size=200B", "requests=60"},
        .parameters = parameters(),
        .endpoint = true,
    })
