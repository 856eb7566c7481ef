#include "driver.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <span>

#include "answers.h"
#include "runoff/errors.h"
#include "runoff/memory.h"
#include "runoff/python/file_beside.h"

namespace runoff::cpython {
namespace {

using Json = nlohmann::json;

/// The driver lies beside this module.
std::string script() {
  static const char here = 0;
  return file_beside(&here, "runoff_driver.py");
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

}  // namespace

Driver::Driver(const Settings& settings, const Workload& work, const PythonForm& form, Results results,
               Host& host)
    : work_(work), form_(form), results_(results), process_(python(), script(), host.memory().descriptor()) {
  if (!process_.send(order(settings, host))) throw WorkerLost(process_.how_it_ended());
  tasks_ = tasks_of(answer());
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
  if (!process_.receive(std::as_writable_bytes(std::span(&head, 1))))
    throw WorkerLost(process_.how_it_ended());
  check(head);
  content.resize(head.size);
  if (!process_.receive(content)) throw WorkerLost(process_.how_it_ended());
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
  const Answers answers = read_answers(content, tasks_);
  for (const TaskAnswer& one : answers.tasks) {
    if (is_recursion())
      form_.note_subtree(one.task, one.thread);
    else
      form_.take_python({.task = one.task,
                         .thread = one.thread,
                         .value = one.value,
                         .latency = std::chrono::nanoseconds(one.time_ns),
                         .failure = one.failure},
                        results_);
  }
  if (is_recursion())
    form_.take_python({.task = tasks_, .value = answers.left}, results_);
  else if (!answers.left.empty())
    form_.take_left(answers.left);
}

}  // namespace runoff::cpython
