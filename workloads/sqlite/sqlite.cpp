#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <numeric>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "runoff/cell_folder.h"
#include "runoff/python_form.h"
#include "runoff/random.h"
#include "runoff/task_record.h"
#include "runoff/workload_plugin.h"
#include "session.h"
#include "text.h"

namespace {

using namespace sqlite;
using runoff::Check;
using runoff::TaskRecord;

constexpr std::uint64_t seed = 0x5017E;
std::atomic<std::uint64_t> workloads_made{0};

/// Held by the file's lock, which ends with the process.
class LockFile {
 public:
  ~LockFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  /// Calls `alone` if no other process uses the folder, and keeps all others from doing so meanwhile.
  template <class Alone>
  void open(const std::string& file, Alone alone) {
    descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor_ < 0)
      throw std::runtime_error("cannot open '" + file + "': " + std::generic_category().message(errno));
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) alone();
    while (::flock(descriptor_, LOCK_SH) != 0)
      if (errno != EINTR)
        throw std::runtime_error("cannot lock '" + file + "': " + std::generic_category().message(errno));
  }

 private:
  int descriptor_ = -1;
};

/// Tasks that read a row of a database, and tasks that change one, each in a transaction of its own. A row
/// has a version, which counts its changes, and a text that belongs to the version, so that a row can be told
/// to be whole, and its last change to be there. No two tasks change the same row: one execution adds 1 to
/// the version of each row that it changes, and leaves the database as large as it was.
class Sqlite final : public runoff::Independent, public runoff::PythonForm {
 public:
  explicit Sqlite(const runoff::Parameters& parameters)
      : rows_(static_cast<std::size_t>(parameters.count("rows"))),
        size_(static_cast<std::size_t>(parameters.bytes("size"))),
        settings_{
            workloads_made.fetch_add(1), folder_.path() + "/notes.db", parameters.text("synchronous"),
            std::chrono::duration_cast<std::chrono::milliseconds>(parameters.duration("busy-timeout"))} {
    const auto tasks = static_cast<std::size_t>(parameters.count("tasks"));
    const std::size_t writers = (tasks * static_cast<std::size_t>(parameters.count("writes")) + 50) / 100;
    if (writers > rows_)
      throw runoff::InvalidParameter("'rows' cannot be '" + std::to_string(rows_) + "'; each of the " +
                                     std::to_string(writers) + " tasks that write has a row of its own");
    std::vector<std::uint32_t> rows(rows_);
    std::iota(rows.begin(), rows.end(), 1U);
    for (std::size_t task = 0; task < tasks; ++task) {
      const std::uint64_t random = runoff::splitmix64(seed, task);
      if (task < writers) std::swap(rows[task], rows[task + random % (rows_ - task)]);
      plan_.push_back(
          {task < writers ? rows[task] : static_cast<std::uint32_t>(1 + random % rows_), task < writers});
    }
    for (std::size_t left = tasks; left > 1; --left)  // Fisher & Yates, as in Knuth's TAOCP, 3.4.2
      std::swap(plan_[left - 1], plan_[runoff::splitmix64(~seed, left) % left]);
  }
  ~Sqlite() override { Session::close_of_this_thread(); }

  std::size_t tasks() const override { return plan_.size(); }
  runoff::ResultLayout result() const override { return runoff::result_of<Answer>(); }

  void fill(const runoff::Memory&) override {
    folder_.make();
    // Ranks share the database; the first makes it.
    lock_.open(folder_.path() + "/lock", [this] { make_database(); });
  }

  const TaskRecord* record(runoff::Results results, std::size_t slot) const override {
    return &results.at<Answer>(slot).record;
  }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      auto& answer = results.at<Answer>(task);
      const auto began = TaskRecord::Clock::now();
      answer.row = plan_[task].row;
      answer.task = task;
      try {
        const Row row = work_on(plan_[task]);
        answer.version = row.version;
        answer.digest = digest_of(row.text);
        answer.record.succeeded(began);
      } catch (const SqliteError& error) {
        answer.record.failed(began, error.what());
      }
    }
  }

  /// SQLite's calls return when they are done: there is nothing to await.
  const runoff::Asynchronous* asynchronous() const override {
    throw runoff::Unsupported("SQLite's interface blocks, and an event loop must not");
  }

  const runoff::PythonForm* python() const override { return this; }
  void take_python(const runoff::PythonAnswer& found, runoff::Results results) const override {
    auto& answer = results.at<Answer>(found.task);
    answer.task = found.task;
    answer.row = plan_[found.task].row;
    answer.record.measured(found.latency, found.failure);
    if (!found.failure.empty()) return;
    runoff::PythonValue value(found);
    answer.row = value.number<std::uint64_t>();
    answer.version = value.number<std::uint64_t>();
    answer.digest = digest_of(value.rest_as_text());
  }

  Check check(runoff::Results results) const override {
    try {
      Connection connection(settings_.file, SQLITE_OPEN_READWRITE, settings_.busy_timeout);
      std::vector<std::uint64_t> versions(rows_ + 1);
      if (std::string why = read_rows(connection, versions); !why.empty()) return Check::wrong(why);
      return compare(results, versions);
    } catch (const SqliteError& error) {
      return Check::wrong(std::string("the database of ") + std::to_string(rows_) +
                          " rows cannot be checked: " + error.what());
    }
  }

 private:
  struct Task {
    std::uint32_t row;  ///< from 1
    bool writes;
  };
  struct Answer {
    std::uint64_t task;
    std::uint64_t row;
    std::uint64_t version;  ///< that was read, or committed
    std::uint64_t digest;   ///< of the text
    TaskRecord record;
  };

  void make_database() const {
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(settings_.file + suffix);
    try {
      Connection connection(settings_.file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                            settings_.busy_timeout);
      connection.execute(
          "PRAGMA journal_mode = WAL; BEGIN;"
          "CREATE TABLE notes (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, text BLOB NOT NULL)",
          "cannot make the database");
      Statement insert(connection, "INSERT INTO notes VALUES (?, 0, ?)");
      for (std::size_t row = 1; row <= rows_; ++row) {
        const std::string text = text_of(row, 0, size_);
        insert.bind(1, static_cast<std::int64_t>(row)).bind(2, text);
        insert.step("cannot fill the database");
        insert.reset();
      }
      connection.execute("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)", "cannot fill the database");
    } catch (const SqliteError& error) {
      throw std::runtime_error("'" + settings_.file + "': " + error.what());
    }
  }

  Row work_on(const Task& task) const {
    const auto waits = waiting();
    Session& session = Session::of_this_thread(settings_);
    if (!task.writes) return session.read(task.row);
    return session.write(task.row, [&](std::uint64_t version) { return text_of(task.row, version, size_); });
  }

  /// Looks at every row there is, and notes its version. Returns what is wrong with them.
  std::string read_rows(Connection& connection, std::vector<std::uint64_t>& versions) const {
    Statement integrity(connection, "PRAGMA integrity_check(1)");
    if (!integrity.step("integrity_check") || integrity.text(0) != "ok")
      return "integrity_check(1): " + std::string(integrity.text(0));
    Statement all(connection, "SELECT id, version, text FROM notes ORDER BY id");
    std::size_t count = 0;
    while (all.step("read")) {
      const auto row = static_cast<std::size_t>(all.number(0));
      const auto version = static_cast<std::uint64_t>(all.number(1));
      if (++count != row || row > rows_)
        return "row " + std::to_string(count) + " is not there, but " + std::to_string(row);
      if (all.text(2) != text_of(row, version, size_))
        return "row " + std::to_string(row) + " does not hold what belongs to its version " +
               std::to_string(version);
      versions[row] = version;
    }
    if (count != rows_) return "there are " + std::to_string(count) + " rows, not " + std::to_string(rows_);
    return {};
  }

  Check compare(runoff::Results results, const std::vector<std::uint64_t>& versions) const {
    std::vector<bool> written(rows_ + 1);
    for (const Task& task : plan_)
      if (task.writes) written[task.row] = true;
    for (std::size_t i = 0; i < tasks(); ++i) {
      const auto& answer = results.at<Answer>(i);
      const Task& task = plan_[i];
      const std::string name = "task " + std::to_string(i);
      if (answer.task != i || answer.row != task.row)
        return Check::wrong(name + " left no record of its own");
      if (!answer.record.failure().empty()) continue;
      const std::uint64_t now = versions[task.row];
      // Of a row that another task changes in this execution, the version before may have been read.
      const bool before = !task.writes && written[task.row] && answer.version + 1 == now;
      if (answer.version != now && !before)
        return Check::wrong(name + (task.writes ? " committed" : " read") + " version " +
                            std::to_string(answer.version) + " of row " + std::to_string(task.row) +
                            ", which has version " + std::to_string(now));
      if (answer.digest != digest_of(text_of(task.row, answer.version, size_)))
        return Check::wrong(name + " found another text in row " + std::to_string(task.row));
    }
    return Check::ok();
  }

  std::size_t rows_;
  std::size_t size_;
  runoff::CellFolder folder_{"sqlite"};
  Settings settings_;
  LockFile lock_;
  std::vector<Task> plan_;
};

}  // namespace

RUNOFF_WORKLOAD(
    Sqlite,
    {
        .name = "sqlite",
        .summary = "transactions on a SQLite database, some of which write",
        .bound = runoff::Bound::io,
        .source = "the database, opened anew: integrity_check, and every row against its version's text",
        .checked_at = {"tasks=97", "writes=30", "rows=211", "size=133B"},
        .parameters = {runoff::Parameter::count("tasks", 1'000, 0, 1'000'000, "transactions"),
                       runoff::Parameter::count("writes", 10, 0, 100,
                                                "percent of the transactions that write"),
                       runoff::Parameter::count("rows", 10'000, 1, 1'000'000, "rows in the database"),
                       runoff::Parameter::bytes("size", "100B", 0, 1 << 20, "how long the text of a row is"),
                       runoff::Parameter::choice(
                           "synchronous", {"normal", "full", "off"},
                           "whether the disk is waited for: at checkpoints, at every commit, never"),
                       runoff::Parameter::duration(
                           "busy-timeout", "10s", std::chrono::nanoseconds(0), std::chrono::hours(1),
                           "how long a task waits for a locked database before it fails")},
    })
