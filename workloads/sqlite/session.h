#pragma once

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace sqlite {

/// In SQLite's words: "write: database is locked".
struct SqliteError : std::runtime_error {
  SqliteError(std::string_view what, sqlite3* database) : SqliteError(what, ::sqlite3_errmsg(database)) {}
  SqliteError(std::string_view what, const char* why) : std::runtime_error(std::string(what) + ": " + why) {}
};

/// One connection to a database. For one thread of one process; see `close_at_fork`.
class Connection {
 public:
  /// Throws SqliteError.
  Connection(const std::string& file, int flags, std::chrono::milliseconds busy_timeout);

  sqlite3* get() const { return database_.get(); }
  /// Runs statements that answer nothing that is of interest. Throws SqliteError.
  void execute(const char* statements, std::string_view what);

 private:
  struct Close {
    void operator()(sqlite3* database) const { ::sqlite3_close_v2(database); }
  };
  std::unique_ptr<sqlite3, Close> database_;
};

/// A prepared statement, run any number of times.
class Statement {
 public:
  /// Throws SqliteError.
  Statement(const Connection& connection, std::string_view text);

  Statement& bind(int place, std::int64_t value);
  /// The text must live until the statement is reset.
  Statement& bind(int place, std::string_view text);
  /// True while there is one more row. Throws SqliteError, "`what`: …".
  bool step(std::string_view what);
  void reset();

  std::int64_t number(int column) const { return ::sqlite3_column_int64(statement_.get(), column); }
  /// Valid until the next step.
  std::string_view text(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { ::sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// How the database is used: the same for all workers.
struct Settings {
  std::uint64_t owner;  ///< another one for each workload that is made in a process
  std::string file;
  std::string synchronous;  ///< of PRAGMA synchronous
  std::chrono::milliseconds busy_timeout;
};

struct Row {
  std::uint64_t version;
  std::string text;
};

/// What one worker reads and writes through.
class Session {
 public:
  explicit Session(const Settings& settings);

  /// The calling thread's own session, opened when it first asks. Throws SqliteError.
  static Session& of_this_thread(const Settings& settings);
  /// Closes the calling thread's session, if there is one.
  static void close_of_this_thread() noexcept;

  /// Throws SqliteError, also where there is no such row.
  Row read(std::int64_t id);

  /// Raises the row's version by one, with the text that belongs to it, in a transaction of its own. Throws
  /// SqliteError; then nothing has changed.
  template <class TextOf>
  Row write(std::int64_t id, TextOf text_of) {
    try {
      run(begin_);
      Row row = select(id, "write");
      row.text = text_of(++row.version);
      update_.bind(1, static_cast<std::int64_t>(row.version)).bind(2, row.text).bind(3, id);
      run(update_);
      run(commit_);
      return row;
    } catch (...) {
      roll_back();
      throw;
    }
  }

 private:
  Row select(std::int64_t id, std::string_view what);
  static void run(Statement& statement);
  void roll_back() noexcept;

  std::uint64_t owner_;
  Connection connection_;
  Statement begin_, select_, update_, commit_;
};

}  // namespace sqlite
