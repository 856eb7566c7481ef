#include <sqlite3.h>

#include "in_temporary.h"
#include "sqlite/text.h"

namespace {

namespace fs = std::filesystem;
using runoff::testing::Driven;
using runoff::testing::Given;
using namespace runoff::testing;

/// What a task leaves, in the order that sqlite.cpp gives it.
struct Answer {
  std::uint64_t task, row, version, digest;
};

class Sqlite : public InTemporary {
 protected:
  fs::path file() const { return folder_ / "runoff-sqlite" / "notes.db"; }

  /// The test's own connection, and the first number of the last answer.
  std::int64_t sql(const std::string& text) {
    if (own_ == nullptr) {
      EXPECT_EQ(::sqlite3_open(file().c_str(), &own_), SQLITE_OK);
      ::sqlite3_busy_timeout(own_, 60'000);
    }
    std::int64_t number = -1;
    const auto keep = [](void* to, int, char** columns, char**) {
      *static_cast<std::int64_t*>(to) = columns[0] == nullptr ? -1 : std::atoll(columns[0]);
      return 0;
    };
    char* why = nullptr;
    EXPECT_EQ(::sqlite3_exec(own_, text.c_str(), keep, &number, &why), SQLITE_OK) << why;
    ::sqlite3_free(why);
    return number;
  }
  void close() { ::sqlite3_close(std::exchange(own_, nullptr)); }
  ~Sqlite() override { close(); }

  static void expect_wrong(const Driven& driven, const std::string& why) {
    const runoff::Check check = driven.check();
    EXPECT_FALSE(check.right);
    EXPECT_NE(check.why.find(why), std::string::npos) << check.why;
  }

  /// A task that writes, told by the version that it left.
  static Answer first_writer(Driven& driven) {
    for (std::size_t task = 0; task < driven.workload().tasks(); ++task)
      if (const auto& answer = driven.results().at<Answer>(task); answer.version > 0) return answer;
    throw std::runtime_error("no task has written");
  }

  const Given small_{{"tasks", "50"}, {"writes", "40"}, {"rows", "60"}, {"size", "77B"}};
  sqlite3* own_ = nullptr;
};

TEST_F(Sqlite, EveryExecutionRaisesTheRowsItWritesByOne) {
  Driven driven("sqlite", small_);
  for (unsigned seed = 1; seed <= 3; ++seed) {
    driven.poison();
    driven.run_shuffled(seed);
    EXPECT_EQ(failures_of(driven), std::set<std::string>{});
    ASSERT_TRUE(driven.check().right) << driven.check().why;
    EXPECT_EQ(sql("SELECT count(*) FROM notes WHERE version = " + std::to_string(seed)), 20);
    EXPECT_EQ(sql("SELECT count(*) FROM notes WHERE version = 0"), 40);
  }
  EXPECT_EQ(sql("SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'wal'"), 1);
  close();
}

TEST_F(Sqlite, NoticesWhatIsNotInTheDatabase) {
  Driven driven("sqlite", small_);
  driven.run_shuffled();
  driven.run_shuffled();
  const Answer writer = first_writer(driven);
  const std::string row = std::to_string(writer.row);
  ASSERT_EQ(writer.version, 2u);
  sql("CREATE TABLE before AS SELECT * FROM notes");
  const std::string restore = "REPLACE INTO notes SELECT * FROM before";

  sql("UPDATE notes SET text = zeroblob(77) WHERE id = " + row);
  expect_wrong(driven, "row " + row + " does not hold what belongs to its version 2");
  sql(restore + "; DELETE FROM notes WHERE id = " + row);
  expect_wrong(driven, "row " + row + " is not there");
  sql(restore + "; DELETE FROM notes WHERE id = 60");
  expect_wrong(driven, "there are 59 rows, not 60");
  sql(restore + "; INSERT INTO notes SELECT 61, version, text FROM notes WHERE id = 1");
  expect_wrong(driven, "61");
  sql("DELETE FROM notes WHERE id = 61");
  ASSERT_TRUE(driven.check().right) << driven.check().why;

  // A commit that was lost: the row is whole, but as it was before.
  sqlite3_stmt* update = nullptr;
  ::sqlite3_prepare_v2(own_, "UPDATE notes SET version = 1, text = ? WHERE id = ?", -1, &update, nullptr);
  const std::string older = sqlite::text_of(writer.row, 1, 77);
  ::sqlite3_bind_blob(update, 1, older.data(), 77, SQLITE_STATIC);
  ::sqlite3_bind_int64(update, 2, static_cast<std::int64_t>(writer.row));
  EXPECT_EQ(::sqlite3_step(update), SQLITE_DONE);
  ::sqlite3_finalize(update);
  expect_wrong(driven, "committed version 2 of row " + row + ", which has version 1");
  close();
}

TEST_F(Sqlite, NoticesTasksThatDidNotRun) {
  Driven driven("sqlite", small_);
  expect_wrong(driven, "task 0 left no record");
  driven.run_shuffled();
  driven.poison_slot(7);
  expect_wrong(driven, "task 7 left no record");
  driven.run_shuffled();
  driven.results().at<Answer>(3).digest ^= 1;
  expect_wrong(driven, "task 3 found another text");
}

TEST_F(Sqlite, ALockedDatabaseFailsThoseWhoWrite) {
  Given impatient = small_;
  impatient["busy-timeout"] = "1ms";
  Driven driven("sqlite", impatient);
  sql("BEGIN IMMEDIATE");
  driven.run_shuffled();
  EXPECT_EQ(failures_of(driven), std::set<std::string>{"write: database is locked"});
  EXPECT_TRUE(driven.check().right) << driven.check().why;
  EXPECT_EQ(sql("SELECT max(version) FROM notes"), 0);
  sql("ROLLBACK");
  driven.run_shuffled();
  EXPECT_EQ(failures_of(driven), std::set<std::string>{});
  EXPECT_TRUE(driven.check().right) << driven.check().why;
  close();
}

TEST_F(Sqlite, ADamagedDatabaseIsNeverRight) {
  for (const std::streamoff first : {0, 4096}) {
    Driven driven("sqlite", small_);
    {
      std::fstream stream(file(), std::ios::in | std::ios::out | std::ios::binary);
      stream.seekp(first);
      stream << std::string(static_cast<std::size_t>(fs::file_size(file())) - first, 'x');
    }
    driven.run_shuffled();
    const auto failures = failures_of(driven);
    EXPECT_EQ(failures.count(""), 0u);
    if (first == 0)
      EXPECT_EQ(failures, std::set<std::string>{"prepare: file is not a database"});
    else
      EXPECT_EQ(failures, (std::set<std::string>{"read: database disk image is malformed",
                                                 "write: database disk image is malformed"}));
    EXPECT_FALSE(driven.check().right);
  }
}

TEST_F(Sqlite, AKilledWorkerLosesNothingThatItCommitted) {
  Driven driven("sqlite", {{"tasks", "40"}, {"writes", "100"}, {"rows", "60"}, {"size", "2000B"}});
  for (int round = 0; round < 5; ++round) {
    driven.poison();
    const volatile std::uint64_t& last = driven.results().at<Answer>(30 - round).version;
    const std::uint64_t before = last;
    run_and_kill(driven, [&] { return last != before; });
    std::size_t committed = 0;
    for (std::size_t task = 0; task < 40; ++task) {
      const Answer& answer = driven.results().at<Answer>(task);
      if (answer.task != task) continue;  // never begun
      const std::string row = std::to_string(answer.row);
      const auto version = static_cast<std::uint64_t>(sql("SELECT version FROM notes WHERE id = " + row));
      // The last task may have committed and not yet said so, or have begun in a slot that no task had
      // written.
      if (answer.version == 0xA5A5A5A5A5A5A5A5u) continue;
      EXPECT_TRUE(version == answer.version || version == answer.version + 1)
          << version << " " << answer.version;
      ++committed;
    }
    EXPECT_GT(committed, 20u);
    close();  // not across the next fork
  }
  driven.run_shuffled();
  EXPECT_EQ(failures_of(driven), std::set<std::string>{});
  EXPECT_TRUE(driven.check().right) << driven.check().why;
}

TEST_F(Sqlite, NoConnectionCrossesAFork) {
  Driven driven("sqlite", small_);
  driven.run_shuffled();  // this thread has a connection now
  const pid_t worker = ::fork();
  if (worker == 0) {
    driven.run_shuffled();
    ::_exit(0);
  }
  ::waitpid(worker, nullptr, 0);
  EXPECT_EQ(failures_of(driven), std::set<std::string>{});
  EXPECT_TRUE(driven.check().right) << driven.check().why;
  EXPECT_EQ(first_writer(driven).version, 2u);
  driven.run_shuffled();
  EXPECT_TRUE(driven.check().right) << driven.check().why;
}

TEST_F(Sqlite, WorkloadsOfOneProcessAfterEachOtherHaveTheirOwnConnections) {
  for (int i = 0; i < 3; ++i) {
    Driven driven("sqlite", small_);
    driven.run_shuffled();
    EXPECT_TRUE(driven.check().right) << driven.check().why;
    EXPECT_EQ(first_writer(driven).version, 1u);
  }
}

TEST_F(Sqlite, RanksShareOneDatabase) {
  Driven one("sqlite", small_), other("sqlite", small_);
  one.run_shuffled();
  other.run_shuffled();
  EXPECT_EQ(first_writer(other).version, 2u);
  EXPECT_TRUE(other.check().right) << other.check().why;
}

TEST_F(Sqlite, EveryTaskThatWritesHasARow) {
  EXPECT_THROW(Driven("sqlite", {{"tasks", "50"}, {"writes", "100"}, {"rows", "49"}}),
               runoff::InvalidParameter);
  Driven driven("sqlite", {{"tasks", "50"}, {"writes", "100"}, {"rows", "50"}});
  driven.run_shuffled();
  EXPECT_TRUE(driven.check().right) << driven.check().why;
}

}  // namespace
