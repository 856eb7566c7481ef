#include "runoff/backend_plugin.h"

namespace {

using namespace runoff;

struct Nothing final : Backend {};

}  // namespace

#if MISTAKE == 1
RUNOFF_BACKEND(Nothing, {.name = "My Pool:1,2"})
#elif MISTAKE == 2
RUNOFF_BACKEND(Nothing, {.name = ""})
#elif MISTAKE == 3
RUNOFF_BACKEND(Nothing, {.name = "-pool"})
#elif MISTAKE == 4
RUNOFF_BACKEND(Nothing, {.name = "pool", .options = {Parameter::choice("the mode", {"a", "b"}, "")}})
#elif MISTAKE == 5
RUNOFF_BACKEND(Nothing, {.name = "pool", .options = {Parameter::choice("mode", {"a", "b;c=d"}, "")}})
#elif MISTAKE == 6
RUNOFF_BACKEND(Nothing, {.name = "pool", .options = {Parameter::choice("mode", {}, "")}})
#elif MISTAKE == 7
RUNOFF_BACKEND(Nothing, {.name = "pool", .options = {Parameter::count("chunk", 0, 1, 9, "")}})
#elif MISTAKE == 8
RUNOFF_BACKEND(Nothing, {.name = "pool",
                         .options = {Parameter::count("chunk", 1, 1, 9, ""),
                                     Parameter::bytes("chunk", "1KiB", 1, 1 << 20, "")}})
#elif MISTAKE == 9
RUNOFF_BACKEND(Nothing,
               {.name = "pool", .options = {Parameter::count("chunk", 1, 1, 9, "").only_with("mode", {"a"})}})
#elif MISTAKE == 10
RUNOFF_BACKEND(Nothing, {.name = "pool", .environment = {{"A=B", "1"}}})
#elif MISTAKE == 11
RUNOFF_BACKEND(Nothing, {.name = "pool", .options = {Parameter::choice("mode", {"a", ""}, "")}})
#elif MISTAKE == 12
RUNOFF_BACKEND(Nothing, {.name = std::string(65, 'a')})
#elif MISTAKE == 13
RUNOFF_BACKEND(Nothing, {.name = "pool", .options = {Parameter::choice("mode", {"a", "b", "a"}, "")}})
#elif MISTAKE == 14
RUNOFF_BACKEND(Nothing, {.name = "pool",
                         .options = {Parameter::choice("mode", {"a", "b"}, ""),
                                     Parameter::count("chunk", 1, 1, 9, "").only_with("mode", {"z"})}})
#elif MISTAKE == 15
RUNOFF_BACKEND(Nothing, {.name = "pool", .options = {Parameter::optional_count("chunk", 9, 1, "")}})
#elif MISTAKE == 16
RUNOFF_BACKEND(Nothing, {.name = "pool", .summary = "red\n\x1b[31m"})
#elif MISTAKE == 17
RUNOFF_BACKEND(Nothing, {.name = "pool", .summary = "caf\xe9"})
#elif MISTAKE == 18
RUNOFF_BACKEND(Nothing, {.name = "pool", .options = {Parameter::count("chunk", 1, 1, 9, "caf\xe9")}})
#else
RUNOFF_BACKEND(Nothing,
               {.name = "pool", .options = {Parameter::choice("mode", {"a", "b"}, "").lone_with({"z"})}})
#endif
