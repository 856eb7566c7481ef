#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "fetching.h"
#include "runoff/workload_plugin.h"
#include "url_list.h"

namespace {

/// 13 pages of the endpoint, as many as an article on threads once read from a documentation site.
std::vector<std::string> pages() {
  std::vector<std::string> paths;
  for (char letter = 'a'; letter <= 'm'; ++letter) paths.push_back(std::string("/") + letter + ".txt");
  return paths;
}

/// A list of URLs: each is fetched, and its body read to the end.
class FetchUrls final : public http::Fetching, public runoff::PythonForm {
 public:
  explicit FetchUrls(const runoff::Parameters& parameters)
      : FetchUrls(parameters,
                  parameters.text("file").empty() ? pages() : read_url_list(parameters.text("file"))) {}

  const runoff::PythonForm* python() const override { return this; }
  void take_python(const runoff::PythonAnswer& answer, runoff::Results results) const override {
    take_body(answer, results);
  }

 private:
  FetchUrls(const runoff::Parameters& parameters, std::vector<std::string> urls)
      : Fetching(urls.size(), parameters.duration("timeout")), endpoint_(parameters), urls_(std::move(urls)) {
    const bool needs_endpoint = std::any_of(urls_.begin(), urls_.end(), is_path);
    if (endpoint_.is_known() || !needs_endpoint) client_ = http::make_curl_client(timeout());
  }

  static bool is_path(const std::string& url) { return url.starts_with('/'); }

  const http::Client* client() const override { return client_.get(); }
  std::size_t sources() const override { return tasks(); }
  http::Source source(std::size_t index) const override {
    const std::string& url = urls_[index];
    return is_path(url) ? endpoint_.source(url) : http::Source{url, "", 0};
  }

  http::EndpointSources endpoint_;
  std::vector<std::string> urls_;
  std::unique_ptr<http::Client> client_;
};

std::vector<runoff::Parameter> parameters() {
  auto list = http::fetching_parameters("100ms", "16KiB");
  list.push_back(runoff::Parameter::file(
      "file", "URLs to fetch instead of the 13, one a line; one that begins with / lies on the endpoint"));
  return list;
}

}  // namespace

RUNOFF_WORKLOAD(
    FetchUrls,
    {
        .name = "fetch-urls",
        .summary = "fetches 13 URLs, or those of a list, and reads each to its end",
        .bound = runoff::Bound::io,
        .source = "the built-in endpoint's content by its definition (endpoint_content.h); of other "
                  "servers: one fetch of each URL at set-up",
        .checked_at = {"latency=5ms", "size=1KiB"},
        .parameters = parameters(),
        .endpoint = true,
    })
