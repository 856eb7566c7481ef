#include "driver.h"

#include <dlfcn.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <span>

#include "runoff/errors.h"
#include "runoff/memory.h"

namespace runoff::cpython {
namespace {

using Json = nlohmann::json;

/// As runoff_driver.py numbers them.
enum class Kind : std::uint64_t { ready, answers, part, failed, unsupported, lost };

struct Head {
  Kind kind;
  std::uint64_t size;
};

/// The driver lies beside this module.
std::string script() {
  static const char here = 0;
  Dl_info module{};
  if (::dladdr(&here, &module) == 0)
    throw std::runtime_error("cannot find the module of the backend cpython");
  return std::filesystem::absolute(module.dli_fname).replace_filename("runoff_driver.py");
}

std::string python() {
  std::string found = find_python();
  if (found.empty()) throw Unsupported(no_python());
  return found;
}

std::string file_of(const PythonForm& form, const Host& host) {
  if (std::string own = form.python_file(); !own.empty()) return own;
  return std::filesystem::absolute(host.workload_module()).replace_extension(".py");
}

/// The columns of a table, one after the other.
class Table {
 public:
  explicit Table(std::span<const std::byte> bytes) : left_(bytes) {}

  template <class Number>
  std::vector<Number> column(std::uint64_t rows) {
    if (rows > left_.size() / sizeof(Number)) torn();
    std::vector<Number> numbers(rows);
    const auto bytes = take(rows * sizeof(Number));
    if (rows > 0) std::memcpy(numbers.data(), bytes.data(), bytes.size());
    return numbers;
  }
  std::span<const std::byte> take(std::uint64_t size) {
    if (size > left_.size()) torn();
    const auto taken = left_.first(size);
    left_ = left_.subspan(size);
    return taken;
  }

 private:
  [[noreturn]] static void torn() { throw WrongInput("python3 answered with a table that is cut short"); }

  std::span<const std::byte> left_;
};

}  // namespace

Driver::Driver(const Settings& settings, const Workload& work, const PythonForm& form, Results results,
               Host& host)
    : work_(work), form_(form), results_(results), process_(python(), script(), host.memory().descriptor()) {
  if (!process_.send(order(settings, host))) throw WorkerLost(process_.how_it_ended());
  const std::vector<std::byte> ready = answer();
  const Json said = Json::parse(reinterpret_cast<const char*>(ready.data()),
                                reinterpret_cast<const char*>(ready.data() + ready.size()));
  tasks_ = said.at("tasks").get<std::size_t>();
  if (!is_recursion() && tasks_ != work.tasks())
    throw WrongInput("the Python form makes " + std::to_string(tasks_) + " tasks, and the workload has " +
                     std::to_string(work.tasks()));
}

std::string Driver::order(const Settings& settings, Host& host) const {
  Json parameters = Json::object();
  host.workload_parameters().each(
      [&](const std::string& name, const auto& value) { parameters[name] = value; });
  Json inputs = Json::array();
  const std::byte* memory = host.memory().claimed().data();
  for (std::size_t task = 0; task < work_.slots(); ++task) {
    const auto input = form_.python_input(task);
    inputs.push_back({input.empty() ? 0 : input.data() - memory, input.size()});
  }
  const Parameters& variant = settings.variant;
  const bool records = work_.keeps_records(results_);
  return Json{{"file", file_of(form_, host)},
              {"parameters", parameters},
              {"inputs", inputs},
              {"memory", host.memory().descriptor()},
              {"claimed", host.memory().used()},
              {"executor", variant.text("executor")},
              {"start", variant.has("start") ? Json(variant.text("start")) : Json()},
              {"chunk", variant.has("chunk") ? Json(variant.count("chunk")) : Json()},
              {"shared from", variant.has("shared-from") ? Json(variant.count("shared-from")) : Json()},
              {"workers", settings.workers},
              {"cores", host.cores()},
              {"pickled", form_.python_pickles()},
              {"records", records},
              {"joins", is_recursion()}}
             .dump() +
         "\n";
}

void Driver::execute() {
  if (!process_.send("execute\n")) throw WorkerLost(process_.how_it_ended());
  take(answer());
}

std::vector<std::byte> Driver::answer() {
  Head head{};
  std::vector<std::byte> content;
  const bool whole = process_.receive(std::as_writable_bytes(std::span(&head, 1))) &&
                     (content.resize(head.size), process_.receive(content));
  if (!whole) throw WorkerLost(process_.how_it_ended());
  const auto text = [&content] {
    return std::string(reinterpret_cast<const char*>(content.data()), content.size());
  };
  switch (head.kind) {
    case Kind::ready:
    case Kind::answers:
      return content;
    case Kind::part:
      take(content);
      return answer();  // why it is no more
    case Kind::unsupported:
      throw Unsupported(text());
    case Kind::lost:
      throw WorkerLost(text());
    case Kind::failed:
      break;
  }
  throw TaskFailed(text());
}

void Driver::take(const std::vector<std::byte>& content) {
  Table table(content);
  const auto head = table.column<std::uint64_t>(2);
  const std::uint64_t rows = head[0];
  const auto tasks = table.column<std::uint64_t>(rows);
  const auto threads = table.column<std::int64_t>(rows);
  const auto times = table.column<std::int64_t>(rows);
  const auto values = table.column<std::uint64_t>(rows);
  const auto failures = table.column<std::uint64_t>(rows);
  std::vector<std::span<const std::byte>> value_of(rows);
  for (std::size_t row = 0; row < rows; ++row) value_of[row] = table.take(values[row]);
  for (std::size_t row = 0; row < rows; ++row) {
    const auto failure = table.take(failures[row]);
    if (tasks[row] >= tasks_)
      throw WrongInput("python3 says that it ran task " + std::to_string(tasks[row]) + " of " +
                       std::to_string(tasks_));
    if (is_recursion()) {
      form_.note_subtree(tasks[row], threads[row]);
      continue;
    }
    form_.take_python({.task = tasks[row],
                       .thread = threads[row],
                       .value = value_of[row],
                       .latency = std::chrono::nanoseconds(times[row]),
                       .failure = {reinterpret_cast<const char*>(failure.data()), failure.size()}},
                      results_);
  }
  const auto left = table.take(head[1]);
  if (is_recursion())
    form_.take_python({.task = tasks_, .value = left}, results_);
  else if (!left.empty())
    form_.take_left(left);
}

}  // namespace runoff::cpython
