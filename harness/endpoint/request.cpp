#include "endpoint/request.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>

#include "runoff/errors.h"

namespace runoff::endpoint {

namespace http = boost::beast::http;

RequestReader::RequestReader(const Behaviour& defaults, std::uint32_t most_head_bytes) : defaults_(defaults) {
  header_limit(most_head_bytes);
}

std::size_t RequestReader::read(std::string_view bytes) {
  Error error;
  const std::size_t used = put(boost::asio::buffer(bytes), error);
  if (error == http::error::header_limit)
    refuse(431, "the head of the request is too long");
  else if (error && error != http::error::need_more && answer_.status == 200)
    refuse(400, "the request is no HTTP/1.1: " + error.message());
  done_ = is_header_done() || answer_.status != 200;
  return used;
}

void RequestReader::refuse(unsigned status, std::string error) {
  answer_ = Answer{};
  answer_.status = status;
  answer_.error = std::move(error) + "\n";
}

void RequestReader::resolve(std::string_view target) {
  if (!target.starts_with('/')) return refuse(400, "the request's target does not begin with '/'");
  const auto question = target.find('?');
  const auto path = target.substr(0, question);
  Behaviour behaviour = defaults_;
  try {
    if (question != target.npos) behaviour.set_all(target.substr(question + 1));
  } catch (const InvalidParameter& error) {
    return refuse(400, error.what());
  }
  answer_.content = EndpointContent(path);
  answer_.size = behaviour.size;
  answer_.latency = behaviour.latency.of(behaviour.seed, path);
  if (behaviour.fails(path)) answer_.failure = behaviour.failure_kind;
}

void RequestReader::on_request_impl(http::verb method, Text, Text target, int version, Error&) {
  is_old_ = version < 11;
  if (method != http::verb::get && method != http::verb::head)
    return refuse(405, "there are GET and HEAD only");
  resolve({target.data(), target.size()});
  answer_.head_only = method == http::verb::head;
}

void RequestReader::on_header_impl(Error&) {
  const auto length = content_length();
  if (answer_.status == 200 && (chunked() || (length && *length > 0)))
    refuse(413, "a request has no body here");
}

}  // namespace runoff::endpoint
