#include "url.h"

#include <curl/curl.h>

#include <boost/algorithm/string/case_conv.hpp>
#include <memory>
#include <stdexcept>

namespace http {
namespace {

using Handle = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

std::string part(const Handle& handle, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (const CURLUcode error = ::curl_url_get(handle.get(), which, &text, flags); error != CURLUE_OK)
    throw std::invalid_argument(::curl_url_strerror(error));
  const std::unique_ptr<char, decltype(&curl_free)> owner(text, ::curl_free);
  return text;
}

}  // namespace

std::string Url::server() const {
  std::string text = host;
  if (host.find(':') != host.npos) text.insert(0, 1, '[').push_back(']');
  return text.append(1, ':').append(port);
}

Url parse_url(const std::string& text) {
  const Handle handle(::curl_url(), ::curl_url_cleanup);
  if (handle == nullptr) throw std::bad_alloc();
  // Without a scheme curl would only say that there is none it knows.
  const std::string scheme = boost::algorithm::to_lower_copy(text.substr(0, text.find("://")));
  if (scheme.size() == text.size() || (scheme != "http" && scheme != "https"))
    throw std::invalid_argument("it begins with neither http:// nor https://");
  if (const CURLUcode error = ::curl_url_set(handle.get(), CURLUPART_URL, text.c_str(), 0);
      error != CURLUE_OK)
    throw std::invalid_argument(::curl_url_strerror(error));
  Url url;
  url.secure = part(handle, CURLUPART_SCHEME) == "https";
  url.host = part(handle, CURLUPART_HOST);
  if (url.host.starts_with('[')) url.host = url.host.substr(1, url.host.size() - 2);
  url.port = part(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  url.origin = text.substr(0, text.find_first_of("/?#", text.find("://") + 3));
  // To libcurl an IPv6 zone is no part of the host.
  if (url.host.find(':') != url.host.npos && url.origin.find('%') != url.origin.npos)
    url.host += '%' + part(handle, CURLUPART_ZONEID);
  return url;
}

}  // namespace http
