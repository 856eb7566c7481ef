#include <fcntl.h>

#include <cerrno>
#include <cstdio>

#include "cell/outcome.h"
#include "support/descriptor.h"
#include "support/errors.h"
#include "support/files.h"
#include "support/json.h"

namespace runoff {
namespace {

void put(Json& json, const char* name, Status value) { json[name] = to_string(value); }
void put(Json& json, const char* name, const std::string& value) { json[name] = value; }
void put(Json& json, const char* name, const Outcome::Number& value) {
  if (value) json[name] = *value;
}

std::string text_of(const Outcome& outcome) {
  Json json;
  each_field(outcome, [&json](const char* name, const auto& value) { put(json, name, value); });
  if (!outcome.latency_quantiles.empty()) json["latency_quantiles"] = outcome.latency_quantiles;
  // A task may fail with any bytes for its reason: those that are no UTF-8 are replaced.
  return to_text(json) + "\n";
}

/// False where the file is there. Half a text is left where this process is killed meanwhile; read_outcome
/// takes it for none.
bool write_new_file(const std::filesystem::path& file, std::string_view text) {
  Descriptor descriptor(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (descriptor.get() < 0 && errno == EEXIST) return false;
  try {
    write_opened(std::move(descriptor), text, file);
  } catch (const MachineError&) {
    std::remove(file.c_str());
    throw;
  }
  return true;
}

}  // namespace

void write_outcome(const Outcome& outcome, const std::filesystem::path& file) {
  write_file(file, text_of(outcome));
}

void write_outcome_of_job(const Outcome& outcome, unsigned workers, const std::filesystem::path& file) {
  try {
    if (write_new_file(file, text_of(outcome))) return;
  } catch (const MachineError& error) {
    throw MachineError(std::string(error.what()) +
                       "; the process that leads must be on the host of runoff, or share its folder TMPDIR");
  }
  Outcome refused;
  refused.status = Status::failed;
  refused.detail = "the launcher started processes that know nothing of each other, and each led: " +
                   std::to_string(workers) +
                   " worker(s) were to be one job; srun needs --mpi=pmix, and mpirun must be that of the "
                   "backend's MPI";
  write_outcome(refused, file);
}

}  // namespace runoff
