#include <glib.h>

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "runoff/backend_plugin.h"
#include "runoff/submitting_backend.h"

namespace {

using namespace runoff;

/// An exclusive GThreadPool: its threads exist from the start, and stay.
class GlibPool {
 public:
  explicit GlibPool(std::size_t workers) {
    GError* error = nullptr;
    pool_ = g_thread_pool_new(&GlibPool::call, nullptr, static_cast<gint>(workers), TRUE, &error);
    if (error == nullptr) return;
    const std::string why = error->message;
    g_error_free(error);
    if (pool_ != nullptr) g_thread_pool_free(pool_, TRUE, TRUE);
    throw std::runtime_error("cannot start " + std::to_string(workers) + " workers: " + why);
  }
  GlibPool(const GlibPool&) = delete;
  GlibPool& operator=(const GlibPool&) = delete;
  ~GlibPool() { g_thread_pool_free(pool_, FALSE, TRUE); }

  template <class Function>
  void submit(Function function) {
    auto data = std::make_unique<std::function<void()>>(std::move(function));
    g_thread_pool_push(pool_, data.release(), nullptr);
  }

 private:
  static void call(gpointer data, gpointer) {
    const std::unique_ptr<std::function<void()>> function(static_cast<std::function<void()>*>(data));
    (*function)();
  }

  GThreadPool* pool_ = nullptr;
};

std::string version() {
  return "GLib " + std::to_string(glib_major_version) + "." + std::to_string(glib_minor_version) + "." +
         std::to_string(glib_micro_version);
}

}  // namespace

RUNOFF_BACKEND(SubmittingBackend<GlibPool>,
               {
                   .name = "glib-pool",
                   .summary = "functions pushed to an exclusive GThreadPool of GLib",
                   .source = "GLib, Thread Pools: https://docs.gtk.org/glib/struct.ThreadPool.html",
                   .runtime = version(),
                   .options = {SubmittingBackend<GlibPool>::option()},
                   .only_by_name = true,
                   .origins = {{.text = "GLib: libglib2.0-dev"}},
               })
