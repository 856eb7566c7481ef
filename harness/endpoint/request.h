#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "endpoint/behaviour.h"
#include "runoff/endpoint_content.h"

namespace runoff::endpoint {

/// How one request is answered, known as soon as its first line is.
struct Answer {
  unsigned status = 200;
  std::string error;  ///< the body of a status other than 200: one line
  bool head_only = false;
  EndpointContent content{"/"};
  std::uint64_t size = 0;
  std::chrono::nanoseconds latency{0};
  std::optional<RequestFailure> failure;
};

/// Reads the head of one request, in pieces as they come, and holds none of it.
class RequestReader : private boost::beast::http::basic_parser<true> {
 public:
  RequestReader(const Behaviour& defaults, std::uint32_t most_head_bytes);

  /// Takes the next bytes and returns how many of them it used. Give it the others again, before the next.
  std::size_t read(std::string_view bytes);

  /// The head is complete, or so wrong that no more is to be read.
  bool done() const { return done_; }
  const Answer& answer() const { return answer_; }
  /// Whether the connection is of use after the answer.
  bool keeps_alive() const { return done_ && answer_.status == 200 && keep_alive(); }
  /// A client of HTTP/1.0 must be told that the connection stays.
  bool is_old() const { return is_old_; }

 private:
  using Error = boost::beast::error_code;
  using Text = boost::beast::string_view;

  void refuse(unsigned status, std::string error);
  void resolve(std::string_view target);

  void on_request_impl(boost::beast::http::verb, Text, Text, int, Error&) override;
  void on_header_impl(Error&) override;
  void on_response_impl(int, Text, int, Error&) override {}
  void on_field_impl(boost::beast::http::field, Text, Text, Error&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override {}
  std::size_t on_body_impl(Text text, Error&) override { return text.size(); }
  void on_chunk_header_impl(std::uint64_t, Text, Error&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, Text text, Error&) override { return text.size(); }
  void on_finish_impl(Error&) override {}

  const Behaviour& defaults_;
  Answer answer_;
  bool done_ = false;
  bool is_old_ = false;
};

}  // namespace runoff::endpoint
