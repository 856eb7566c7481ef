#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace http {

/// Reads answers off a connection, one after the other, as bytes arrive. Beast's parser knows where each
/// ends: by its length, its last chunk or the end of the connection.
class Answer {
 public:
  /// Forgets the last answer.
  void begin();

  /// Where the next bytes go. Never empty. Throws Failure when a header comes to no end.
  std::span<char> space();
  /// So many bytes have arrived there. True when the answer is whole. Throws Failure when it is none.
  bool receive(std::size_t bytes);
  /// The connection has ended. Returns when that makes the answer whole; throws Failure otherwise.
  void end();

  bool has_begun() const { return has_begun_; }
  /// Whether another request may follow on this connection.
  bool keeps_connection() const { return parser_->keep_alive() && first_ == last_; }
  /// The body, which moves to the caller. Throws Failure, which names `url`, when the status is none of
  /// success.
  std::string take_body(const std::string& url);

 private:
  class Parser final : public boost::beast::http::basic_parser<false> {
   public:
    Parser();  // not implicit: newer Clangs find no such one before they have read Answer to its end
    std::string body;
    int status = 0;

   private:
    using Text = boost::beast::string_view;
    using Error = boost::beast::error_code;
    void on_request_impl(boost::beast::http::verb, Text, Text, int, Error&) override {}
    void on_response_impl(int code, Text, int, Error&) override { status = code; }
    void on_field_impl(boost::beast::http::field field, Text, Text value, Error&) override;
    void on_header_impl(Error&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, Error& error) override;
    std::size_t on_body_impl(Text part, Error& error) override;
    void on_chunk_header_impl(std::uint64_t, Text, Error&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, Text part, Error& error) override {
      return on_body_impl(part, error);
    }
    void on_finish_impl(Error&) override {}
  };

  void begin_one();

  std::vector<char> buffer_ = std::vector<char>(16 << 10);  // grows for a header that is longer
  std::size_t first_ = 0, last_ = 0;                        // what has arrived and is not parsed yet
  std::optional<Parser> parser_;
  bool has_begun_ = false;
};

}  // namespace http
