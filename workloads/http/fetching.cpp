#include "fetching.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <thread>
#include <utility>

#include "runoff/endpoint_content.h"

namespace http {
namespace {

using runoff::Check;
using runoff::Endpoint;

constexpr std::size_t fetched_at_once = 32;  // at set-up

Endpoint known_endpoint() {
  const char* url = std::getenv(Endpoint::url_variable);
  return url != nullptr && *url != '\0' ? Endpoint::from_environment() : Endpoint{};
}

}  // namespace

Digest digest(std::string_view body) { return {body.size(), std::hash<std::string_view>{}(body)}; }

EndpointSources::EndpointSources(const runoff::Parameters& parameters)
    : endpoint_(known_endpoint()), size_(static_cast<std::size_t>(parameters.bytes("size"))) {
  if (endpoint_.built_in)
    query_ = "latency=" + parameters.text("latency") + "&size=" + parameters.text("size");
}

Source EndpointSources::source(const std::string& path) const {
  if (!endpoint_.built_in) return {endpoint_.url + path, "", 0};
  // What stands in a query of its own comes last and so holds, and only the server knows what it makes of it.
  const std::size_t question = path.find('?');
  if (question == path.npos) return {endpoint_.url + path + "?" + query_, path, size_};
  return {endpoint_.url + path.substr(0, question) + "?" + query_ + "&" + path.substr(question + 1), "", 0};
}

std::vector<runoff::Parameter> fetching_parameters(const std::string& latency, const std::string& size) {
  using namespace std::chrono_literals;
  return {
      runoff::Parameter::duration("latency", latency, 0ns, 60s,
                                  "how long the built-in endpoint waits before it answers"),
      runoff::Parameter::bytes("size", size, 0, 64 << 20, "how much the built-in endpoint answers"),
      runoff::Parameter::duration("timeout", "10s", 1ms, 1h,
                                  "a task that takes longer to connect, or to get its whole answer, fails")};
}

void Fetching::fill(const runoff::Memory&) {
  if (client() == nullptr) Endpoint::from_environment();  // says that there is none
  client()->prepare();
  // A loop and a client of their own: forked workers inherit none of their connections.
  boost::asio::io_context loop{1};
  const auto reader = make_curl_client(timeout_);
  std::size_t next = 0;
  const auto expect_all = [&]() -> boost::asio::awaitable<void> {
    while (next < sources()) {
      const std::size_t index = next++;  // apart, as Clang 15 takes both in one for two changes of it
      co_await expect(index, *reader);
    }
  };
  const auto pass_on = [](std::exception_ptr error) {
    if (error) std::rethrow_exception(error);
  };
  // At once, or a server that lets every request run out of time would take that time for each of them.
  for (std::size_t i = 0; i < std::min(sources(), fetched_at_once); ++i)
    boost::asio::co_spawn(loop, expect_all, pass_on);
  loop.run();
}

boost::asio::awaitable<void> Fetching::expect(std::size_t index, const Client& reader) {
  Expected& expected = expected_[index];
  const Source from = source(index);
  if (!from.path.empty()) {
    expected.body = digest(runoff::EndpointContent(from.path).text(from.size));
    co_return;
  }
  try {
    const std::string body = co_await reader.get_async(from.url);
    expected.body = digest(body);
  } catch (const Failure& failure) {
    const std::string why = std::string("the fetch at set-up failed: ") + failure.what();
    std::copy_n(why.begin(), std::min(why.size(), expected.failure.size() - 1), expected.failure.begin());
    // All that is heard of a server so slow that the time for the cell is up before its tasks have failed.
    if (!std::exchange(has_warned_, true))
      std::fprintf(stderr, "the fetch of %s at set-up failed: %s\n", from.url.c_str(), failure.what());
  }
}

void Fetching::run(runoff::Range range, runoff::Results results) const {
  for (std::size_t task = range.first; task < range.last; ++task) {
    auto& slot = results.at<Fetched>(task);
    const auto begin = due();
    {
      const auto waits = waiting();
      std::this_thread::sleep_until(begin);
    }
    try {
      const std::string body = [&] {
        const auto waits = waiting();
        return client()->get(source(task % sources()).url);
      }();
      keep(task, body);
      finish_task(task, digest(body), begin, slot);
    } catch (const std::exception& error) {
      slot.record.failed(begin, error.what());
    }
  }
}

boost::asio::awaitable<void> Fetching::run_async(std::size_t task, runoff::Results results) const {
  auto& slot = results.at<Fetched>(task);
  const auto begin = due();
  if (begin > Clock::now()) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, begin);
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
  try {
    const Source from = source(task % sources());
    const std::string body = co_await client()->get_async(from.url);
    keep(task, body);
    finish_task(task, digest(body), begin, slot);
  } catch (const std::exception& error) {
    slot.record.failed(begin, error.what());
  }
}

void Fetching::take_body(const runoff::PythonAnswer& answer, runoff::Results results) const {
  auto& slot = results.at<Fetched>(answer.task);
  if (answer.failure.empty()) slot.answered = digest(runoff::PythonValue(answer).rest_as_text());
  slot.record.measured(answer.latency, answer.failure.empty() ? no_oracle(answer.task) : answer.failure);
}

void Fetching::finish_task(std::size_t task, const Digest& answered, Clock::time_point begin,
                           Fetched& slot) const {
  slot.answered = answered;
  if (const std::string_view why = no_oracle(task); !why.empty())
    slot.record.failed(begin, why);
  else
    slot.record.succeeded(begin);
}

std::string_view Fetching::no_oracle(std::size_t task) const {
  return expected_[task % sources()].failure.data();
}

Check Fetching::check(runoff::Results results) const {
  for (std::size_t task = 0; task < tasks_; ++task) {
    const auto& slot = results.at<Fetched>(task);
    if (slot.record.failure_text.back() != '\0')
      return Check::wrong("task " + std::to_string(task) + " left no result");
    if (!slot.record.failure().empty()) continue;
    const std::size_t index = task % sources();
    const Expected& expected = expected_[index];
    const auto wrong = [&](const std::string& why) { return Check::wrong(source(index).url + ": " + why); };
    const auto compare = [&](const char* what, const Digest& found) {
      if (found == expected.body) return Check::ok();
      if (found.size == expected.body.size)
        return wrong(std::string(what) + " has other content than it should");
      return wrong(std::string(what) + " has " + std::to_string(found.size) + " bytes, not " +
                   std::to_string(expected.body.size));
    };
    if (const Check answer = compare("the answer", slot.answered); !answer.right) return answer;
    try {
      if (const Check file = compare("what was kept", kept(task, slot.answered)); !file.right) return file;
    } catch (const std::exception& error) {
      return wrong(error.what());
    }
  }
  return Check::ok();
}

}  // namespace http
