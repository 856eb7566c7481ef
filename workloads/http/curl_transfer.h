#pragma once

#include <curl/curl.h>

#include <array>
#include <chrono>
#include <memory>
#include <string>

namespace http {

/// One of libcurl's easy handles, with the body that it receives. Serves one request after the other.
class CurlTransfer {
 public:
  explicit CurlTransfer(std::chrono::nanoseconds timeout);
  CurlTransfer(const CurlTransfer&) = delete;
  CurlTransfer& operator=(const CurlTransfer&) = delete;

  /// Makes it ready to GET this URL. Throws Failure.
  void aim(const std::string& url);
  CURL* handle() const { return handle_.get(); }
  /// Whether a transfer that ended with `code` met a connection that the server had closed while it was idle.
  /// A new handle may then try again.
  bool met_closed_connection(CURLcode code) const;
  /// The body, when the transfer ended with `code`. Throws Failure.
  std::string finish(CURLcode code);

 private:
  static std::size_t receive(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t read_head(char* line, std::size_t size, std::size_t count, void* self);
  std::string why(CURLcode code) const;

  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle_;
  std::chrono::nanoseconds timeout_;
  std::string url_;
  enum class Head { none, begun, whole } head_ = Head::none;
  std::string body_;
  std::array<char, CURL_ERROR_SIZE> message_{};
};

}  // namespace http
