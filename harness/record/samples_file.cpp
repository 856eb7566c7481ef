#include "record/samples_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <set>

#include "record/csv.h"
#include "support/errors.h"
#include "support/files.h"
#include "support/standard_streams.h"

namespace runoff {
namespace {

bool is_unsupported(int error) { return error == ENOLCK || error == EOPNOTSUPP || error == ENOSYS; }

}  // namespace

SamplesFile::SamplesFile(const std::filesystem::path& file, const std::string& run)
    : file_(file),
      descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_NONBLOCK | O_CLOEXEC, 0644)) {
  if (descriptor_.get() < 0) fail_on(file_, "open");
  lock();
  try {
    const std::string text = read_opened(descriptor_.get(), file);
    size_ = text.size();
    require_unchanged();  // before anything of it is cut off
    const CsvTable table = parse_csv(text);
    header_ = table.rows.empty() ? sample_columns() : table.rows.front();
    if (table.rows.empty() && !csv_line(header_).starts_with(text))
      throw CsvError("there is no header, and what is there is not the beginning of one");
    if (table.separator != ',')
      throw CsvError(std::string("its fields are separated by ") +
                     (table.separator == ';' ? "semicolons" : "tabs") +
                     ", as a spreadsheet saves them; save it with commas to go on");
    if (!table.rows.empty()) existing_ = read_samples(table);
    if (!existing_.empty() && existing_.front().run != run)
      throw MachineError("'" + file.string() + "' holds samples of the run '" + existing_.front().run +
                         "', not of '" + run +
                         "', which plan.json is of; put its own file back, or choose another --out");
    if (table.torn && ::ftruncate(descriptor_.get(), static_cast<off_t>(table.complete_bytes)) != 0)
      fail_on(file_, "cut the torn last row off");
    size_ = table.complete_bytes;
    if (table.rows.empty()) write(csv_line(header_));
  } catch (const CsvError& error) {
    throw MachineError("'" + file.string() + "' is not a samples.csv of runoff: " + error.what());
  }
  std::set<std::int64_t> orders;
  for (const auto& sample : existing_) orders.insert(sample.order);
  latencies_.emplace(file_.parent_path() / "latencies.csv", run, orders);
}

void SamplesFile::append(const Sample& sample) {
  require_unchanged();
  latencies_->append(sample);  // first, because latencies without a sample are dropped when the run goes on
  write(csv_line(to_row(sample, header_)));
}

/// Against another runoff. Network file systems may know one kind of lock only, or none.
void SamplesFile::lock() {
  if (::flock(descriptor_.get(), LOCK_EX | LOCK_NB) == 0) return;
  if (is_unsupported(errno)) {
    struct flock all {};
    all.l_type = F_WRLCK;
    if (::fcntl(descriptor_.get(), F_OFD_SETLK, &all) == 0) return;
    if (is_unsupported(errno))
      return warn("this file system cannot lock '" + file_.string() +
                  "': that another runoff writes it, too, would not be noticed");
  }
  if (errno == EWOULDBLOCK || errno == EACCES)
    throw MachineError("another runoff is writing '" + file_.string() + "'; wait for it");
  fail_on(file_, "lock");
}

/// Rows below what another program has written or cut, or in a file that has no name any more, are lost.
void SamplesFile::require_unchanged() const {
  struct stat now {};
  if (::fstat(descriptor_.get(), &now) != 0) fail_on(file_, "look at");
  if (now.st_nlink == 0)
    throw MachineError("'" + file_.string() +
                       "' was removed while samples were taken, and with it those so far; measure again");
  struct stat named {};
  if (::stat(file_.c_str(), &named) != 0 && errno == ENOENT)
    throw MachineError("'" + file_.string() +
                       "' was moved while samples were taken; go on with --resume where it is now");
  if (static_cast<std::size_t>(now.st_size) != size_)
    throw MachineError("'" + file_.string() + "' was changed by another program: it has " +
                       std::to_string(now.st_size) + " bytes, not " + std::to_string(size_));
}

void SamplesFile::write(std::string_view text) {
  write_through(descriptor_.get(), text, file_);
  size_ += text.size();
}

}  // namespace runoff
