#include "curl_transfer.h"

#include <csignal>
#include <cstdlib>
#include <mutex>
#include <string_view>
#include <utility>

#include "client.h"
#include "failure.h"
#include "url.h"

namespace http {
namespace {

/// Handles are made by many threads, but libcurl wants to be set up once.
void set_up_once() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (const CURLcode error = ::curl_global_init(CURL_GLOBAL_DEFAULT); error != CURLE_OK)
      throw Failure(std::string("libcurl: ") + ::curl_easy_strerror(error));
    // Without signals libcurl does not keep OpenSSL's writes to closed connections from raising SIGPIPE.
    ::signal(SIGPIPE, SIG_IGN);
  });
}

template <class Value>
void set(CURL* handle, CURLoption option, Value value) {
  if (const CURLcode error = ::curl_easy_setopt(handle, option, value); error != CURLE_OK)
    throw Failure(std::string("libcurl: ") + ::curl_easy_strerror(error));
}

/// Servers that no proxy is asked for: those that the environment names, and this machine.
std::string without_proxy() {
  const char* named = std::getenv("no_proxy");
  if (named == nullptr) named = std::getenv("NO_PROXY");
  if (named == nullptr || *named == '\0') return "127.0.0.1,::1,localhost";
  return std::string(named) == "*" ? named : std::string(named) + ",127.0.0.1,::1,localhost";
}

}  // namespace

CurlTransfer::CurlTransfer(std::chrono::nanoseconds timeout)
    : handle_((set_up_once(), ::curl_easy_init()), ::curl_easy_cleanup), timeout_(timeout) {
  if (handle_ == nullptr) throw std::bad_alloc();
  CURL* const handle = handle_.get();
  const auto milliseconds = static_cast<long>(std::chrono::ceil<std::chrono::milliseconds>(timeout).count());
  set(handle, CURLOPT_NOSIGNAL, 1L);
  set(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds);
  set(handle, CURLOPT_TIMEOUT_MS, milliseconds);
  set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  set(handle, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  set(handle, CURLOPT_FOLLOWLOCATION, 1L);
  set(handle, CURLOPT_MAXREDIRS, 10L);
  set(handle, CURLOPT_PATH_AS_IS, 1L);  // the answer is held against the path that was asked for
  // One request a connection at a time, as with every other client here.
  set(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(handle, CURLOPT_NOPROXY, without_proxy().c_str());
  set(handle, CURLOPT_USERAGENT, "runoff");
  set(handle, CURLOPT_WRITEFUNCTION, &CurlTransfer::receive);
  set(handle, CURLOPT_WRITEDATA, this);
  set(handle, CURLOPT_HEADERFUNCTION, &CurlTransfer::read_head);
  set(handle, CURLOPT_HEADERDATA, this);
  set(handle, CURLOPT_ERRORBUFFER, message_.data());
  // As the curl tool does: certificates that this machine trusts in addition.
  if (const char* file = std::getenv("SSL_CERT_FILE")) set(handle, CURLOPT_CAINFO, file);
}

void CurlTransfer::aim(const std::string& url) {
  body_.clear();
  head_ = Head::none;
  message_.front() = '\0';
  if (url == url_) return;
  set(handle_.get(), CURLOPT_URL, url.c_str());
  url_ = url;
}

std::size_t CurlTransfer::receive(char* data, std::size_t size, std::size_t count, void* self) {
  std::string& body = static_cast<CurlTransfer*>(self)->body_;
  if (size * count > largest_body - body.size()) return 0;
  try {
    body.append(data, size * count);
  } catch (const std::bad_alloc&) {
    return 0;
  }
  return size * count;
}

std::size_t CurlTransfer::read_head(char* line, std::size_t size, std::size_t count, void* self) {
  const std::string_view text(line, size * count);
  auto& head = static_cast<CurlTransfer*>(self)->head_;
  if (head == Head::none || text.starts_with("HTTP/")) head = Head::begun;
  if (text == "\r\n" || text == "\n") head = Head::whole;
  return text.size();
}

bool CurlTransfer::met_closed_connection(CURLcode code) const {
  // libcurl tries again by itself, but counts how often over all transfers of a handle (7.88).
  if (code != CURLE_SEND_ERROR && code != CURLE_RECV_ERROR && code != CURLE_GOT_NOTHING) return false;
  long connects = 0;
  ::curl_easy_getinfo(handle_.get(), CURLINFO_NUM_CONNECTS, &connects);
  return connects == 0 && head_ == Head::none;
}

std::string CurlTransfer::finish(CURLcode code) {
  if (code != CURLE_OK) throw Failure(why(code));
  // libcurl is content with a head that ends in the middle.
  if (head_ != Head::whole) throw Failure(failure::cut_short_in_head());
  long status = 0;
  ::curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status < 200 || status > 299) throw Failure(failure::status(status, url_));
  return std::exchange(body_, {});
}

std::string CurlTransfer::why(CURLcode code) const {
  const Url url = parse_url(url_);
  long error = 0;
  ::curl_easy_getinfo(handle_.get(), CURLINFO_OS_ERRNO, &error);
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return failure::no_address(url.host);
    case CURLE_COULDNT_CONNECT:
      return failure::connection(static_cast<int>(error), url.server());
    case CURLE_OPERATION_TIMEDOUT: {
      // When the connection was ready for the request. (When it was made stays 0 on one that is used again.)
      curl_off_t ready = 0;
      ::curl_easy_getinfo(handle_.get(), CURLINFO_PRETRANSFER_TIME_T, &ready);
      return ready == 0 ? failure::connect_timeout(url.server(), timeout_)
                        : failure::timeout(url.server(), timeout_);
    }
    case CURLE_GOT_NOTHING:
      return failure::no_answer(url.server());
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
      if (error != 0) return failure::connection(static_cast<int>(error), url.server());
      break;
    case CURLE_PARTIAL_FILE: {
      curl_off_t all = -1;
      ::curl_easy_getinfo(handle_.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &all);
      return failure::cut_short(body_.size(), all < 0 ? std::nullopt : std::optional<std::uint64_t>(all));
    }
    case CURLE_PEER_FAILED_VERIFICATION:
      return "certificate of " + url.server() + ": " + message_.data();
    case CURLE_OUT_OF_MEMORY:  // libcurl's word for a line that is longer than it takes, too
      if (head_ != Head::whole) return "out of memory, or a line of the header is larger than 100KiB";
      break;
    case CURLE_WRITE_ERROR:
      return "the body is larger than 1GiB";
    default:
      break;
  }
  return message_.front() != '\0' ? message_.data() : ::curl_easy_strerror(code);
}

}  // namespace http
