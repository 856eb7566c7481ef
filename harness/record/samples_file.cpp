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

namespace runoff {

SamplesFile::SamplesFile(const std::filesystem::path& file)
    : file_(file), descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644)) {
  if (descriptor_.get() < 0) fail_on(file_, "open");
  if (::flock(descriptor_.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK)
      throw MachineError("another runoff is writing '" + file.string() + "'; wait for it");
    fail_on(file_, "lock");
  }
  try {
    const std::string text = read_file(file);
    const CsvTable table = parse_csv(text);
    header_ = table.rows.empty() ? sample_columns() : table.rows.front();
    if (table.rows.empty() && !csv_line(header_).starts_with(text))
      throw CsvError("there is no header, and what is there is not the beginning of one");
    if (table.separator != ',')
      throw CsvError(std::string("its fields are separated by ") +
                     (table.separator == ';' ? "semicolons" : "tabs") +
                     ", as a spreadsheet saves them; save it with commas to go on");
    if (!table.rows.empty()) existing_ = read_samples(table);
    if (table.torn && ::ftruncate(descriptor_.get(), static_cast<off_t>(table.complete_bytes)) != 0)
      fail_on(file_, "cut the torn last row off");
    if (table.rows.empty()) write(csv_line(header_));
  } catch (const CsvError& error) {
    throw MachineError("'" + file.string() + "' is not a samples.csv of runoff: " + error.what());
  }
  std::set<std::int64_t> orders;
  for (const auto& sample : existing_) orders.insert(sample.order);
  latencies_.emplace(file_.parent_path() / "latencies.csv", orders);
}

void SamplesFile::append(const Sample& sample) {
  struct stat now {};
  if (::fstat(descriptor_.get(), &now) == 0 && now.st_nlink == 0)
    throw MachineError("'" + file_.string() +
                       "' was removed while samples were taken, and with it those so far; measure again");
  latencies_->append(sample);  // first, because latencies without a sample are dropped when the run goes on
  write(csv_line(to_row(sample, header_)));
}

void SamplesFile::write(std::string_view text) {
  write_all(descriptor_.get(), text, file_);
  ::fdatasync(descriptor_.get());  // a file system that cannot do this has written the row all the same
}

}  // namespace runoff
