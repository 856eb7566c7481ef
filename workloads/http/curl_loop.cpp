#include "curl_loop.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "client.h"

namespace http {
namespace asio = boost::asio;
using boost::system::error_code;

CurlLoop::CurlLoop(asio::execution_context& context)
    : service(context),
      context_(static_cast<asio::io_context&>(context)),
      timer_(context_),
      multi_(::curl_multi_init()) {
  if (multi_ == nullptr) throw std::bad_alloc();
  ::curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &CurlLoop::on_socket);
  ::curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  ::curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &CurlLoop::on_timer);
  ::curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
}

CurlLoop::~CurlLoop() = default;

CurlLoop& CurlLoop::of(const asio::any_io_executor& executor) {
  return asio::use_service<CurlLoop>(asio::query(executor, asio::execution::context));
}

void CurlLoop::shutdown() {
  // What is destroyed here calls back, and what it would call is gone.
  ::curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, nullptr);
  ::curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, nullptr);
  for (auto& [handle, waiter] : waiters_) ::curl_multi_remove_handle(multi_, handle);
  waiters_.clear();
  idle_.clear();
  for (auto& [socket, watch] : watches_) watch->let_go();
  watches_.clear();
  ::curl_multi_cleanup(std::exchange(multi_, nullptr));
}

asio::awaitable<std::string> CurlLoop::get(const std::string& url, std::chrono::nanoseconds timeout) {
  std::unique_ptr<CurlTransfer> transfer;
  if (!idle_.empty()) {
    transfer = std::move(idle_.back());
    idle_.pop_back();
    transfer->aim(url);
    const CURLcode code = co_await perform(transfer);
    if (!transfer->met_closed_connection(code)) co_return finish(std::move(transfer), code);
  }
  transfer = std::make_unique<CurlTransfer>(timeout);
  transfer->aim(url);
  const CURLcode code = co_await perform(transfer);
  co_return finish(std::move(transfer), code);
}

std::string CurlLoop::finish(std::unique_ptr<CurlTransfer> transfer, CURLcode code) {
  std::string body = transfer->finish(code);
  // After a failure the handle is of no more use than a new one: it ends.
  idle_.push_back(std::move(transfer));
  return body;
}

asio::awaitable<CURLcode> CurlLoop::perform(std::unique_ptr<CurlTransfer>& transfer) {
  CURL* const handle = transfer->handle();
  // The service owns what waits: the coroutine may be destroyed with the io_context, after the service.
  Waiter& waiter =
      *(waiters_[handle] = std::make_unique<Waiter>(Waiter{
            std::move(transfer), asio::steady_timer(context_, asio::steady_timer::time_point::max())}));
  ::curl_multi_add_handle(multi_, handle);
  error_code cancelled;
  while (!waiter.has_ended)
    co_await waiter.ended.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  ::curl_multi_remove_handle(multi_, handle);
  transfer = std::move(waiter.transfer);
  const CURLcode code = waiter.code;
  waiters_.erase(handle);
  co_return code;
}

int CurlLoop::on_socket(CURL*, curl_socket_t socket, int wanted, void* self, void*) {
  auto& loop = *static_cast<CurlLoop*>(self);
  const auto found = loop.watches_.find(socket);
  if (wanted == CURL_POLL_REMOVE) {
    if (found == loop.watches_.end()) return 0;
    found->second->let_go();
    loop.watches_.erase(found);
    return 0;
  }
  const auto watch = found != loop.watches_.end()
                         ? found->second
                         : (loop.watches_[socket] = std::make_shared<Watch>(loop.context_, socket));
  watch->wanted = wanted;
  loop.watch(watch);
  return 0;
}

void CurlLoop::watch(const std::shared_ptr<Watch>& watch) {
  using Wait = asio::posix::stream_descriptor;
  const auto begin = [&](bool Watch::*waiting, Wait::wait_type what, int bit) {
    if ((watch->wanted & bit) == 0 || (*watch).*waiting) return;
    (*watch).*waiting = true;
    watch->descriptor->async_wait(what, [this, watch, waiting, bit](error_code error) {
      (*watch).*waiting = false;
      // No longer watched, or no longer for this.
      if (error == asio::error::operation_aborted || (watch->wanted & bit) == 0) return;
      const int event = bit == CURL_POLL_IN ? CURL_CSELECT_IN : CURL_CSELECT_OUT;
      act(watch->descriptor->native_handle(), error ? CURL_CSELECT_ERR : event);
      this->watch(watch);  // libcurl says nothing where its wish stays the same
    });
  };
  begin(&Watch::reading, Wait::wait_read, CURL_POLL_IN);
  begin(&Watch::writing, Wait::wait_write, CURL_POLL_OUT);
}

int CurlLoop::on_timer(CURLM*, long milliseconds, void* self) {
  auto& loop = *static_cast<CurlLoop*>(self);
  if (milliseconds < 0) {
    loop.timer_.cancel();
    return 0;
  }
  loop.timer_.expires_after(std::chrono::milliseconds(milliseconds));
  loop.timer_.async_wait([&loop](error_code error) {
    if (!error) loop.act(CURL_SOCKET_TIMEOUT, 0);
  });
  return 0;
}

void CurlLoop::act(curl_socket_t socket, int events) {
  int running = 0;
  ::curl_multi_socket_action(multi_, socket, events, &running);
  end_finished();
}

void CurlLoop::end_finished() {
  int left = 0;
  while (const CURLMsg* message = ::curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    Waiter& waiter = *waiters_.at(message->easy_handle);
    waiter.code = message->data.result;
    waiter.has_ended = true;
    waiter.ended.cancel();
  }
}

}  // namespace http
