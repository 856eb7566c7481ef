#include "common/options.h"

#include <CLI/CLI.hpp>
#include <iostream>

namespace benchmarks {
namespace {

template <class T>
CLI::Option* option(CLI::App& app, const char* name, T& value, const char* help) {
  if (help == nullptr) return app.add_option(name, value)->group("");
  return app.add_option(name, value, help)->capture_default_str();
}

}  // namespace

Options::Options(std::string program, const std::string& about)
    : program_(std::move(program)), app_(std::make_unique<CLI::App>(about, program_)) {}

Options::~Options() = default;

void Options::add(const char* name, std::string& value, const char* help) {
  option(*app_, name, value, help);
}

void Options::add(const char* name, bool& value, const char* help) { app_->add_flag(name, value, help); }

void Options::add(const char* name, unsigned& value, const char* help, unsigned least, unsigned most) {
  option(*app_, name, value, help)->check(CLI::Range(least, most));
}

void Options::add(const char* name, std::uint64_t& value, const char* help, std::uint64_t least,
                  std::uint64_t most) {
  option(*app_, name, value, help)->check(CLI::Range(least, most));
}

void Options::add(const char* name, std::vector<unsigned>& values, const char* help) {
  option(*app_, name, values, help)->delimiter(',');
}

void Options::add(const char* name, std::vector<std::string>& values, const char* help,
                  const std::vector<std::string>& choices) {
  CLI::Option* const added = option(*app_, name, values, help)->delimiter(',');
  if (!choices.empty()) added->check(CLI::IsMember(choices));
}

int Options::run(int count, char** arguments, const std::function<void()>& work) {
  CLI11_PARSE(*app_, count, arguments);
  try {
    work();
    return 0;
  } catch (const std::exception& error) {
    std::cerr << program_ << ": " << error.what() << '\n';
    return 1;
  }
}

}  // namespace benchmarks
