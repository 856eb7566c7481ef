#include "endpoint/request.h"

#include "fuzz.h"

using namespace runoff::endpoint;

// The first byte says in what pieces the rest arrives. A request is answered with a status that the endpoint
// has, however it is cut; the whole of it at once or in pieces is the same; and what is held of it is no more
// than a head may have.
namespace {

struct Read {
  bool done;
  unsigned status;
  std::string error;
  std::uint64_t size;
};

Read read(std::string_view bytes, std::size_t piece) {
  constexpr std::uint32_t most = 512;
  static const Behaviour defaults;
  RequestReader reader(defaults, most);
  std::string unread;
  while (!reader.done() && !bytes.empty()) {
    unread += bytes.substr(0, piece);
    bytes.remove_prefix(std::min(piece, bytes.size()));
    const std::size_t used = reader.read(unread);
    require(used <= unread.size(), "no more is used than was given");
    unread.erase(0, used);
    require(reader.done() || unread.size() <= most + piece, "a head that is too long is refused");
  }
  const Answer& answer = reader.answer();
  return {reader.done(), answer.status, answer.error, answer.size};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes = text_of(data + 1, size - 1);
  const Read pieces = read(bytes, 1 + data[0] % 64),
             whole = read(bytes, std::max<std::size_t>(1, bytes.size()));
  if (!pieces.done || !whole.done) return 0;
  for (const unsigned status : {200U, 400U, 405U, 413U, 431U})
    if (pieces.status == status) {
      require(status == 200 || pieces.error.ends_with('\n'), "an error says why, in a line");
      // Just above the limit it is a matter of pieces when that is noticed.
      const bool too_long = pieces.status == 431 || whole.status == 431;
      require(too_long || (pieces.status == 200) == (whole.status == 200), "a request is the same in pieces");
      require(too_long || pieces.status != 200 || pieces.size == whole.size, "its answer too");
      return 0;
    }
  require(false, "a status that the endpoint has");
  return 0;
}
