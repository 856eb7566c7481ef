#include <memory>
#include <span>
#include <string>

#include "fetching.h"
#include "file.h"
#include "runoff/cell_folder.h"
#include "runoff/workload_plugin.h"

namespace {

/// For each letter: GET {letter}.txt from the endpoint, and write what comes to a file of that name. The
/// smallest program that people write both with threads and with processes.
class FetchLetters final : public http::Fetching, public runoff::PythonForm {
 public:
  explicit FetchLetters(const runoff::Parameters& parameters)
      : Fetching(26, parameters.duration("timeout")), endpoint_(parameters) {
    if (endpoint_.is_known()) client_ = http::make_curl_client(timeout());
  }

  void fill(const runoff::Memory& memory) override {
    Fetching::fill(memory);
    folder_.make();
  }

  const runoff::PythonForm* python() const override { return this; }
  void take_python(const runoff::PythonAnswer& answer, runoff::Results results) const override {
    take_body(answer, results);
  }

 private:
  const http::Client* client() const override { return client_.get(); }
  std::size_t sources() const override { return tasks(); }
  http::Source source(std::size_t letter) const override {
    return endpoint_.source(std::string(1, '/').append(file(letter)));
  }

  void keep(std::size_t letter, const std::string& body) const override {
    // Files of this size go to the page cache in no time; on an event loop io_uring would take longer.
    files::write_over(folder_.path(), file(letter), std::as_bytes(std::span(body)));
  }
  http::Digest kept(std::size_t letter, const http::Digest& answered) const override {
    const std::string name = file(letter);
    // One byte more than there should be, to see that the file ends.
    std::string found(answered.size + 1, '\0');
    const files::File file(folder_.path() + "/" + name, name, O_RDONLY);
    found.resize(files::read_some(file.get(), name, std::as_writable_bytes(std::span(found))));
    return http::digest(found);
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
        .checked_at = {"latency=5ms", "size=1KiB"},
        .parameters = http::fetching_parameters("100ms", "16KiB"),
        .endpoint = true,
    })
