#include "record/samples_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

#include "record/csv.h"
#include "support/errors.h"

namespace runoff {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& what) {
  const int error = errno;
  throw MachineError("cannot " + what + " '" + file.string() +
                     "': " + std::generic_category().message(error));
}

}  // namespace

SamplesFile::SamplesFile(const std::filesystem::path& file)
    : file_(file), descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644)) {
  if (descriptor_.get() < 0) fail(file_, "open");
  if (::flock(descriptor_.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK)
      throw MachineError("another runoff is writing '" + file.string() + "'; wait for it");
    fail(file_, "lock");
  }
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  try {
    const CsvTable table = parse_csv(text.view());
    if (table.torn && ::ftruncate(descriptor_.get(), static_cast<off_t>(table.complete_bytes)) != 0)
      fail(file_, "cut the torn last row off");
    if (table.rows.empty())
      write(csv_line(sample_columns()));
    else
      existing_ = read_samples(table);
  } catch (const CsvError& error) {
    throw MachineError("'" + file.string() + "' is not a samples.csv of runoff: " + error.what());
  }
}

void SamplesFile::append(const Sample& sample) { write(csv_line(to_row(sample))); }

void SamplesFile::write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor_.get(), text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(file_, "write to");
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  ::fdatasync(descriptor_.get());  // some file systems cannot; the row is written all the same
}

}  // namespace runoff
