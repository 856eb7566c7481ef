#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

namespace runoff::endpoint {

// Asio's types with the executor that is used here. One that could be any executor would cost more.
namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using Executor = asio::io_context::executor_type;
using Clock = std::chrono::steady_clock;
using Socket = asio::basic_stream_socket<Tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<Tcp, Executor>;
using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;
using Error = boost::system::error_code;

template <class T>
using Awaitable = asio::awaitable<T, Executor>;
/// Errors are returned, not thrown, because here they are usual.
constexpr auto awaited = asio::as_tuple(asio::use_awaitable_t<Executor>{});

}  // namespace runoff::endpoint
