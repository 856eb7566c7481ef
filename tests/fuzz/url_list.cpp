#include "url_list.h"

#include "fuzz.h"
#include "runoff/errors.h"

// A file of URLs as a person has it: read, or refused with the file and the line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const FileOf file(text_of(data, size));
  try {
    const auto urls = read_url_list(file.name());
    require(!urls.empty(), "a list names at least one");
    for (const auto& url : urls) {
      require(!url.empty() && url.find_first_of("\r\n") == url.npos, "a URL is one line");
      require(!url.starts_with('/') || url.find('#') == url.npos, "no server is asked for fragments");
    }
  } catch (const runoff::InvalidParameter& refused) {
    require(std::string_view(refused.what()).find(file.name()) != std::string_view::npos,
            "the file is named");
  }
  return 0;
}
