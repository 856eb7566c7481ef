#include "endpoint/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "endpoint/number.h"
#include "runoff/errors.h"
#include "runoff/unit.h"
#include "support/standard_streams.h"
#include "support/text.h"
#include "support/whole_number.h"

namespace runoff::endpoint {
namespace {

constexpr const char* examples =
    R"(What the command line says of latency, size and failures holds for requests that say nothing:
  runoff serve --port 8080 --latency 100ms
  curl 'http://127.0.0.1:8080/a.txt'
  curl 'http://127.0.0.1:8080/a.txt?latency=lognormal:20ms:0.5&size=1MiB'
  curl 'http://127.0.0.1:8080/b.txt?failure=0.1&failure-kind=truncated&seed=7'
Which paths fail, and their random latencies, follow from seed and path: the same path always fares the same.
No file is ever served. Ends with SIGTERM (status 0) or Ctrl-C (130).)";

/// Adds an option. `read` takes its text, and throws InvalidParameter for one that is wrong.
template <class Read>
CLI::Option* option(CLI::App& app, const char* name, const char* type, const char* help, Read read) {
  return app
      .add_option_function<std::string>(
          name,
          [read](const std::string& text) {
            try {
              read(text);
            } catch (const InvalidParameter& error) {
              throw CLI::ValidationError(error.what());
            }
          },
          help)
      ->type_name(type);
}

std::chrono::nanoseconds time_of(const char* name, const std::string& text) {
  const auto time = parse_duration(text);
  if (!time || *time <= 0 || *time > std::chrono::nanoseconds(std::chrono::hours(24)).count())
    throw InvalidParameter(
        fmt::format("{} cannot be '{}'; it takes a time up to a day such as 30s", name, text));
  return std::chrono::nanoseconds(*time);
}

void add_behaviour(CLI::App& app, Behaviour& behaviour) {
  const auto add = [&](const char* name, const char* type, const char* help) {
    option(app, (std::string("--") + name).c_str(), type, help,
           [&behaviour, name](const std::string& text) { behaviour.set(name, text); });
  };
  add("latency", "TIME", "Wait before the answer: 100ms, uniform:50ms:150ms, lognormal:100ms:0.5 (0s)");
  add("size", "SIZE", "Bytes of an answer (16KiB)");
  add("failure", "SHARE", "Share of the paths that fail, 0 to 1 (0)");
  add("failure-kind", "KIND", "status (500), reset, stall or truncated (status)");
  add("seed", "N", "Decides which paths fail, and random latencies (1)");
}

void add_limits(CLI::App& app, Limits& limits) {
  option(app, "--max-head", "SIZE", "Of a request (8KiB)", [&limits](const std::string& text) {
    const auto size = parse_bytes(text);
    if (!size || *size < 64 || *size > 1 << 20)
      throw InvalidParameter("--max-head cannot be '" + text + "'; it takes a size from 64B to 1MiB");
    limits.head_bytes = static_cast<std::uint32_t>(*size);
  });
  app.add_option("--max-connections", limits.connections, "At a time, for each thread (10000)")
      ->transform(CLI::Validator(whole_number(1, 1'000'000), ""))
      ->type_name("N");
  option(app, "--idle-limit", "TIME", "Without a request, then a connection is closed (60s)",
         [&limits](const std::string& text) { limits.idle = time_of("--idle-limit", text); });
  option(app, "--time-limit", "TIME", "For a head to come, and for an answer to go (30s)",
         [&limits](const std::string& text) { limits.time = time_of("--time-limit", text); });
}

}  // namespace

std::optional<Options> read_options(int count, char** arguments, int& status) {
  Options options;
  CLI::App app{"An HTTP server that answers GET and HEAD as slowly, as much and as badly as it is asked to",
               "runoff serve"};
  app.footer(examples);
  app.set_version_flag("--version", "runoff " RUNOFF_VERSION);
  option(app, "--listen", "ADDRESS", "An IP address of this machine (127.0.0.1)",
         [&options](const std::string& text) {
           Error error;
           options.address = asio::ip::make_address(text, error);
           if (error)
             throw InvalidParameter("--listen cannot be '" + text +
                                    "'; it takes an IP address such as 127.0.0.1 or ::1");
         });
  option(app, "--port", "N", "0: any that is free (0)", [&options](const std::string& text) {
    const auto port = parse_number<std::uint16_t>(text);
    if (!port) throw InvalidParameter("--port cannot be '" + text + "'; it takes a number from 0 to 65535");
    options.port = *port;
  });
  app.add_option("--threads", options.threads, "Each with a share of the connections (1)")
      ->transform(CLI::Validator(whole_number(1, 256), ""))
      ->type_name("N");
  add_behaviour(app, options.behaviour);
  add_limits(app, options.limits);
  try {
    app.parse(count, arguments);
    return options;
  } catch (const CLI::Success& wanted) {
    status = app.exit(wanted);
  } catch (const CLI::ParseError& error) {
    say(fmt::format("runoff serve: {}\n", printable(error.what())));
    status = 2;
  }
  return std::nullopt;
}

}  // namespace runoff::endpoint
