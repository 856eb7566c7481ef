#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "oracle.h"
#include "runoff/python_form.h"
#include "runoff/workload_plugin.h"

namespace {

namespace fs = std::filesystem;
using runoff::Check;

/// The file's whole path. Throws runoff::InvalidParameter where it cannot be one.
std::string usable(const std::string& file) {
  const auto refuse = [&file](const std::string& why) {
    throw runoff::InvalidParameter("'" + file + "' " + why);
  };
  if (file.empty())
    throw runoff::InvalidParameter("'file' names no Python file; 'runoff run --python FILE' does");
  std::error_code error;
  if (fs::is_directory(file, error)) refuse("is a folder; name the Python file in it");
  if (!fs::exists(file, error)) refuse("is not there");
  if (fs::file_size(file, error) == 0)
    refuse(
        "is empty; it needs `def tasks()`, which gives a list, and `def task(x)`, which is called with each");
  return fs::absolute(file);
}

/// A reader's own function. What it returns is kept as Python pickled it, and compared by Python.
class Python final : public runoff::Independent, public runoff::PythonForm {
 public:
  explicit Python(const runoff::Parameters& parameters)
      : file_(usable(parameters.text("file"))), oracle_(file_), values_(oracle_.tasks()) {}

  std::size_t tasks() const override { return values_.size(); }
  runoff::ResultLayout result() const override { return runoff::result_of<std::uint64_t>(); }
  void fill(const runoff::Memory&) override { oracle_.expect(); }

  void run(runoff::Range, runoff::Results) const override {
    throw runoff::Unsupported("it is written in Python, which only the backend cpython runs");
  }

  const runoff::PythonForm* python() const override { return this; }
  std::string python_file() const override { return file_; }
  bool python_pickles() const override { return true; }
  void take_python(const runoff::PythonAnswer& answer, runoff::Results results) const override {
    values_[answer.task].assign(reinterpret_cast<const char*>(answer.value.data()), answer.value.size());
    results.at<std::uint64_t>(answer.task) = mark_of(values_[answer.task]);
  }

  Check check(runoff::Results results) const override {
    for (std::size_t task = 0; task < tasks(); ++task)
      if (results.at<std::uint64_t>(task) != mark_of(values_[task]))
        return Check::wrong("task " + std::to_string(task) + " left no result");
    const std::string wrong = oracle_.check(values_);
    return wrong.empty() ? Check::ok() : Check::wrong(wrong);
  }

 private:
  static std::uint64_t mark_of(std::string_view value) { return std::hash<std::string_view>{}(value); }

  std::string file_;
  mutable python::Oracle oracle_;
  mutable std::vector<std::string> values_;  // of the last execution, pickled
};

}  // namespace

RUNOFF_WORKLOAD(Python,
                {
                    .name = "python",
                    .summary = "a Python function of your own: runoff run --python FILE",
                    .bound = runoff::Bound::cpu,
                    .source = "what the function returns in a loop, or what the file's check(results) says",
                    .parameters = {runoff::Parameter::file(
                        "file", "the Python file, with `def tasks()` and `def task(x)`")},
                    .reference = "cpython:executor=serial",
                    .only_by_name = true,
                })
