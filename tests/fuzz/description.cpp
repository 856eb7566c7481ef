#include <exception>

#include "catalog/describe.h"
#include "fuzz.h"
#include "support/json.h"

// What a plug-in says of itself, which anyone may have written: it is read, or refused with an exception of
// the standard library that the catalog quotes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  runoff::Json description;
  try {
    description = runoff::parse_json(text_of(data, size));
  } catch (const runoff::JsonError&) {
    return 0;
  }
  const auto read = [&description](auto as) {
    try {
      as(description);
    } catch (const std::exception&) {
    }
  };
  read([](const auto& one) {
    for (const auto& option : runoff::backend_from(one).options) runoff::to_json(option);
  });
  read([](const auto& one) {
    for (const auto& parameter : runoff::workload_from(one).parameters) runoff::to_json(parameter);
  });
  return 0;
}
