#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <system_error>

// What went wrong, in a few words; the same for every client.
namespace http::failure {

/// Names the URL, unlike those below: it says something of this one, they of the server.
std::string status(long code, const std::string& url);
std::string no_address(const std::string& host);
/// `error` is that of connect, send or receive; `server` as Url::server writes it.
std::string connection(int error, const std::string& server);
std::string connect_timeout(const std::string& server, std::chrono::nanoseconds limit);
std::string timeout(const std::string& server, std::chrono::nanoseconds limit);
std::string no_answer(const std::string& server);
/// The connection ended after `got` bytes of the body; `all` is empty where the answer did not say how many.
std::string cut_short(std::uint64_t got, std::optional<std::uint64_t> all);

std::string cut_short_in_head();

}  // namespace http::failure
