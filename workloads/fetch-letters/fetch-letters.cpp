#include <memory>
#include <string>

#include "fetching.h"
#include "runoff/cell_folder.h"
#include "runoff/plugin.h"
#include "whole_file.h"

namespace {

/// For each letter: GET {letter}.txt from the endpoint, and write what comes to a file of that name. The
/// smallest program that people write both with threads and with processes.
class FetchLetters final : public http::Fetching {
 public:
  explicit FetchLetters(const runoff::Parameters& parameters)
      : Fetching(26, parameters.duration("timeout")), endpoint_(parameters) {
    if (endpoint_.is_known()) client_ = http::make_curl_client(timeout());
  }

  void fill(const runoff::Memory& memory) override {
    Fetching::fill(memory);
    folder_.make();
  }

 private:
  const http::Client* client() const override { return client_.get(); }
  std::size_t sources() const override { return tasks(); }
  http::Source source(std::size_t letter) const override { return endpoint_.source(std::string(1, '/').append(file(letter))); }

  // Files of this size go to the page cache without waiting for a disk, in either form.
  void keep(std::size_t letter, const std::string& body) const override {
    write_whole_file(folder_.path(), file(letter), body);
  }
  http::Digest kept(std::size_t letter, const http::Digest&) const override {
    return http::digest(read_whole_file(folder_.path(), file(letter)));
  }

  static std::string file(std::size_t letter) {
    return {static_cast<char>('a' + letter), '.', 't', 'x', 't'};
  }

  http::EndpointSources endpoint_;
  runoff::CellFolder folder_{"fetch-letters"};
  std::unique_ptr<http::Client> client_;
};

}  // namespace

RUNOFF_WORKLOAD(
    FetchLetters,
    {
        .name = "fetch-letters",
        .summary = "for each letter: GET {letter}.txt and write it to a file",
        .bound = runoff::Bound::io,
        .source = "the built-in endpoint's content by its definition (endpoint_content.h); of other "
                  "servers: one fetch of each file at set-up",
        .parameters = http::fetching_parameters("100ms", "16KiB"),
        .endpoint = true,
    })
