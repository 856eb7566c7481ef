#include "answer.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <cstring>
#include <utility>

#include "client.h"
#include "failure.h"

namespace http {
namespace {

constexpr std::uint64_t reserved_at_most = std::uint64_t{1} << 20;  // a length may be a lie

constexpr std::uint32_t longest_header = 300 << 10;  // as libcurl

[[noreturn]] void refuse_header() { throw Failure("the header is larger than 300KiB"); }

[[noreturn]] void refuse(const boost::beast::error_code& error) {
  if (error == boost::beast::http::error::header_limit) refuse_header();
  if (error == boost::beast::http::error::body_limit) throw Failure("the body is larger than 1GiB");
  throw Failure("no HTTP answer: " + error.message());
}

}  // namespace

void Answer::Parser::on_field_impl(boost::beast::http::field field, Text, Text value, Error&) {
  if (field == boost::beast::http::field::transfer_encoding && !boost::beast::iequals(value, "chunked"))
    throw Failure("the answer is in a transfer encoding that is not known here: " + std::string(value));
}

void Answer::Parser::on_body_init_impl(const boost::optional<std::uint64_t>& length, Error&) {
  if (length) body.reserve(std::min(*length, reserved_at_most));
}

std::size_t Answer::Parser::on_body_impl(Text part, Error&) {
  body.append(part.data(), part.size());
  return part.size();
}

Answer::Parser::Parser() = default;

void Answer::begin() {
  first_ = last_ = 0;
  has_begun_ = false;
  begin_one();
}

void Answer::begin_one() {
  parser_.emplace();
  parser_->eager(true);  // header and body in one go
  parser_->header_limit(longest_header);
  parser_->body_limit(largest_body);
}

std::span<char> Answer::space() {
  if (first_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + first_, last_ - first_);
    last_ -= std::exchange(first_, 0);
  }
  if (last_ == buffer_.size()) {  // the parser waits for the end of a header, of the answer or of a chunk
    if (last_ > longest_header) refuse_header();
    buffer_.resize(2 * last_);
  }
  return std::span(buffer_).subspan(last_);
}

bool Answer::receive(std::size_t bytes) {
  last_ += bytes;
  has_begun_ = has_begun_ || bytes > 0;
  while (first_ < last_ && !parser_->is_done()) {
    boost::beast::error_code error;
    first_ += parser_->put(boost::asio::const_buffer(buffer_.data() + first_, last_ - first_), error);
    if (error == boost::beast::http::error::need_more) break;
    if (error) refuse(error);
    // Interim answers, such as 100 and 103, come before the one that counts. After 101 no HTTP follows.
    if (parser_->is_done() && parser_->status < 200 && parser_->status != 101) begin_one();
  }
  return parser_->is_done();
}

void Answer::end() {
  if (!parser_->got_some()) throw Failure(failure::cut_short_in_head());  // interim answers alone
  boost::beast::error_code error;
  parser_->put_eof(error);
  if (!error && parser_->is_done()) return;
  if (!parser_->is_header_done()) throw Failure(failure::cut_short_in_head());
  const auto length = parser_->content_length();
  throw Failure(failure::cut_short(parser_->body.size(),
                                   length ? std::optional<std::uint64_t>(*length) : std::nullopt));
}

std::string Answer::take_body(const std::string& url) {
  if (parser_->status < 200 || parser_->status > 299) throw Failure(failure::status(parser_->status, url));
  return std::move(parser_->body);
}

}  // namespace http
