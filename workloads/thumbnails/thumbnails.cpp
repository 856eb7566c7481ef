#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "client.h"
#include "fetching.h"
#include "file.h"
#include "picture.h"
#include "picture_jpeg.h"
#include "runoff/cell_folder.h"
#include "runoff/endpoint_content.h"
#include "runoff/task_record.h"
#include "runoff/workload_plugin.h"

namespace {

using pictures::Jpeg;
using pictures::Picture;
using pictures::Size;
using runoff::Interval;
using runoff::TaskRecord;

enum Stage : std::size_t { fetch, resize, store, stages };

/// A pipeline: for each picture a task that fetches it, one that makes it small, and one that stores it. Each
/// needs the same picture's task of the stage before, and nothing else.
///
/// To fetch is to ask the server, which answers in its time with a text that is compared, and then to read
/// the picture from a file: runoff's own server knows texts alone.
class Thumbnails final : public runoff::Dependent {
 public:
  explicit Thumbnails(const runoff::Parameters& parameters)
      : pictures_(static_cast<std::size_t>(parameters.count("pictures"))),
        from_{static_cast<std::size_t>(parameters.count("width")),
              static_cast<std::size_t>(parameters.count("height"))},
        to_(from_.scaled(static_cast<std::size_t>(parameters.count("percent")))),
        endpoint_(parameters) {
    if (endpoint_.is_known()) client_ = http::make_curl_client(parameters.duration("timeout"));
    for (std::uint32_t picture = 0; picture < pictures_; ++picture) same_.push_back({picture, picture});
  }

  std::size_t tasks() const override { return stages * pictures_; }
  std::size_t slots() const override { return tasks(); }
  runoff::ResultLayout result() const override {
    return {sizeof(State) + sizeof(Jpeg) + most_bytes(), alignof(State)};
  }

  void fill(const runoff::Memory&) override {
    if (client_ == nullptr) runoff::Endpoint::from_environment();  // says that there is none
    client_->prepare();
    folder_.make();
    std::vector<Jpeg> space((sizeof(Jpeg) + from_.most_jpeg_bytes()) / sizeof(Jpeg) + 1);
    for (std::size_t picture = 0; picture < pictures_; ++picture) {
      pictures::encode(Picture(picture).pixels(from_.width, from_.height), from_, space.front());
      files::write_whole(folder_.path(), original(picture), {bytes_of(space.front()), {}}, false);
    }
  }

  const TaskRecord* record(runoff::Results results, std::size_t slot) const override {
    return &results.at<State>(slot).record;
  }

  std::size_t steps() const override { return stages; }
  std::size_t width(std::size_t) const override { return pictures_; }
  std::size_t slot(std::size_t stage, std::size_t picture) const override {
    return stage * pictures_ + picture;
  }
  std::span<const Interval> dependencies(std::size_t stage, std::size_t picture) const override {
    return std::span(same_).subspan(picture, stage == fetch ? 0 : 1);
  }
  std::span<const Interval> dependents(std::size_t stage, std::size_t picture) const override {
    return std::span(same_).subspan(picture, stage == store ? 0 : 1);
  }

  void run(std::size_t stage, std::size_t picture, runoff::Results results) const override {
    auto& own = results.at<State>(slot(stage, picture));
    const std::uint64_t execution = own.execution + 1;
    if (stage != fetch && !has_run(stage - 1, picture, execution, results))
      throw runoff::WrongInput(name(stage, picture) + " found that " + name(stage - 1, picture) +
                               " had not run in this execution");
    const auto begin = TaskRecord::Clock::now();
    try {
      work(stage, picture, results);
      own.record.succeeded(begin);
    } catch (const std::exception& error) {
      own.record.failed(begin, error.what());
    }
    own.slot = slot(stage, picture);
    own.execution = execution;
  }

  runoff::Check check(runoff::Results results) const override {
    const std::uint64_t execution = results.at<State>(0).execution;
    for (std::size_t stage = fetch; stage < stages; ++stage)
      for (std::size_t picture = 0; picture < pictures_; ++picture)
        if (execution == 0 || !has_run(stage, picture, execution, results))
          return runoff::Check::wrong(name(stage, picture) + " had not run in this execution");
    for (std::size_t picture = 0; picture < pictures_; ++picture) {
      if (!results.at<State>(slot(store, picture)).record.failure().empty()) continue;
      if (const std::string wrong = difference(picture, jpeg(resize, picture, results)); !wrong.empty())
        return runoff::Check::wrong(small(picture) + ": " + wrong);
    }
    return runoff::Check::ok();
  }

 private:
  /// What a task leaves; a JPEG follows it.
  struct State {
    TaskRecord record;
    std::uint64_t slot;
    std::uint64_t execution;  // rises by one each time; so what is left of the one before is no valid input
  };

  void work(std::size_t stage, std::size_t picture, runoff::Results results) const {
    Jpeg& own = jpeg(stage, picture, results);
    if (stage == fetch) {
      ask(picture);
      own.size = read(original(picture), {reinterpret_cast<std::byte*>(own.bytes), most_bytes()});
      return;
    }
    if (!results.at<State>(slot(stage - 1, picture)).record.failure().empty())
      throw std::runtime_error("the stage before failed");
    const Jpeg& input = jpeg(stage - 1, picture, results);
    if (stage == store) return files::write_over(folder_.path(), small(picture), bytes_of(input));
    std::vector<unsigned char> before, after;
    pictures::decode(input, from_, before);
    pictures::resize(before, from_, after, to_);
    pictures::encode(after, to_, own);
  }

  void ask(std::size_t picture) const {
    const http::Source source = endpoint_.source(std::string(1, '/').append(original(picture)));
    const std::string answer = client_->get(source.url);
    if (source.path.empty()) return;  // a server that only its owner knows: its word is enough
    if (answer.size() != source.size || !runoff::EndpointContent(source.path).matches(0, answer))
      throw std::runtime_error("the endpoint's answer is not its content");
  }

  std::size_t read(const std::string& name, std::span<std::byte> space) const {
    const files::File file(folder_.path() + "/" + name, name, O_RDONLY);
    return files::read_some(file.get(), name, space);
  }

  /// What is wrong with a file on the disk; empty where nothing is.
  std::string difference(std::size_t picture, const Jpeg& stored) const {
    // One byte more than there should be, to see that the file ends.
    std::vector<std::byte> found(most_bytes() + 1);
    try {
      found.resize(read(small(picture), found));
    } catch (const files::FileError& error) {
      return std::string("cannot be read back: ") + error.what();
    }
    if (stored.size > most_bytes() || !std::ranges::equal(found, bytes_of(stored)))
      return "is not what was to be stored";
    return pictures::difference(stored, to_, picture);
  }

  bool has_run(std::size_t stage, std::size_t picture, std::uint64_t execution,
               runoff::Results results) const {
    const auto& state = results.at<State>(slot(stage, picture));
    return state.execution == execution && state.slot == slot(stage, picture);
  }

  Jpeg& jpeg(std::size_t stage, std::size_t picture, runoff::Results results) const {
    return *reinterpret_cast<Jpeg*>(results.bytes(slot(stage, picture)).data() + sizeof(State));
  }
  static std::span<const std::byte> bytes_of(const Jpeg& jpeg) {
    return std::as_bytes(std::span(jpeg.bytes, jpeg.size));
  }
  std::size_t most_bytes() const { return std::max(from_.most_jpeg_bytes(), to_.most_jpeg_bytes()); }

  static std::string name(std::size_t stage, std::size_t picture) {
    static constexpr const char* names[stages] = {"fetch", "resize", "store"};
    return std::string(names[stage]) + " of picture " + std::to_string(picture);
  }
  static std::string original(std::size_t picture) { return std::to_string(picture) + ".jpg"; }
  static std::string small(std::size_t picture) { return std::to_string(picture) + ".small.jpg"; }

  std::size_t pictures_;
  Size from_;
  Size to_;
  http::EndpointSources endpoint_;
  std::unique_ptr<http::Client> client_;
  std::vector<Interval> same_;  // of each picture, the interval that holds it alone
  runoff::CellFolder folder_{"thumbnails"};
};

std::vector<runoff::Parameter> parameters() {
  using runoff::Parameter;
  std::vector<Parameter> list{
      Parameter::count("pictures", 24, 1, 100'000, "pictures"),
      Parameter::count("width", 512, 128, 8'192, "pixels across, before"),
      Parameter::count("height", 384, 128, 8'192, "pixels down, before"),
      Parameter::count("percent", 25, 25, 200, "width and height afterwards, in percent of before")};
  for (auto& one : http::fetching_parameters("20ms", "1KiB")) list.push_back(std::move(one));
  return list;
}

}  // namespace

RUNOFF_WORKLOAD(
    Thumbnails,
    {
        .name = "thumbnails",
        .summary = "a pipeline: fetches pictures, makes them small, stores them",
        .bound = runoff::Bound::io,
        .source = "libjpeg and stb_image_resize; the stored files are compared with what was made, "
                  "and that with the pictures' formula, PSNR >= 35 dB",
        .checked_at = {"pictures=7", "width=160", "height=128", "latency=2ms", "size=200B"},
        .parameters = parameters(),
        .endpoint = true,
    })
