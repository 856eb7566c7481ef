#include "session.h"

#include <pthread.h>

namespace sqlite {
namespace {

thread_local std::unique_ptr<Session> session;

/// A connection must not cross a fork: not even unused, as the child's own connections would believe in its
/// locks (https://www.sqlite.org/howtocorrupt.html, 2.6).
const int close_at_fork = ::pthread_atfork([] { session.reset(); }, nullptr, nullptr);

}  // namespace

Connection::Connection(const std::string& file, int flags, std::chrono::milliseconds busy_timeout) {
  sqlite3* database = nullptr;
  const int result = ::sqlite3_open_v2(file.c_str(), &database, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  database_.reset(database);
  if (result != SQLITE_OK) throw SqliteError("open", database);
  ::sqlite3_busy_timeout(database, static_cast<int>(busy_timeout.count()));
  // Threads and processes come and go: the last of them should not have to write the log into the database.
  ::sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

void Connection::execute(const char* statements, std::string_view what) {
  if (::sqlite3_exec(get(), statements, nullptr, nullptr, nullptr) != SQLITE_OK)
    throw SqliteError(what, get());
}

Statement::Statement(const Connection& connection, std::string_view text) {
  sqlite3_stmt* statement = nullptr;
  const int result = ::sqlite3_prepare_v3(connection.get(), text.data(), static_cast<int>(text.size()),
                                          SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  statement_.reset(statement);
  if (result != SQLITE_OK) throw SqliteError("prepare", connection.get());
}

Statement& Statement::bind(int place, std::int64_t value) {
  ::sqlite3_bind_int64(statement_.get(), place, value);
  return *this;
}
Statement& Statement::bind(int place, std::string_view text) {
  ::sqlite3_bind_blob64(statement_.get(), place, text.data(), text.size(), SQLITE_STATIC);
  return *this;
}

bool Statement::step(std::string_view what) {
  const int result = ::sqlite3_step(statement_.get());
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  const SqliteError error(what, ::sqlite3_db_handle(statement_.get()));
  reset();
  throw error;
}

void Statement::reset() { ::sqlite3_reset(statement_.get()); }

std::string_view Statement::text(int column) const {
  const void* first = ::sqlite3_column_blob(statement_.get(), column);
  const int size = ::sqlite3_column_bytes(statement_.get(), column);
  return {static_cast<const char*>(first), static_cast<std::size_t>(size)};
}

// IMMEDIATE: a transaction that began as a reader's cannot wait for its turn to write.
Session::Session(const Settings& settings)
    : owner_(settings.owner),
      connection_(settings.file, SQLITE_OPEN_READWRITE, settings.busy_timeout),
      begin_(connection_, "BEGIN IMMEDIATE"),
      select_(connection_, "SELECT version, text FROM notes WHERE id = ?"),
      update_(connection_, "UPDATE notes SET version = ?, text = ? WHERE id = ?"),
      commit_(connection_, "COMMIT") {
  connection_.execute(("PRAGMA synchronous = " + settings.synchronous).c_str(), "open");
}

Session& Session::of_this_thread(const Settings& settings) {
  if (!session || session->owner_ != settings.owner) {
    session.reset();
    session = std::make_unique<Session>(settings);
  }
  return *session;
}

void Session::close_of_this_thread() noexcept { session.reset(); }

Row Session::read(std::int64_t id) { return select(id, "read"); }

Row Session::select(std::int64_t id, std::string_view what) {
  select_.bind(1, id);
  if (!select_.step(what)) {
    select_.reset();
    throw SqliteError(what, "a row is gone");
  }
  Row row{static_cast<std::uint64_t>(select_.number(0)), std::string(select_.text(1))};
  select_.reset();  // or its snapshot would keep the log from being written back
  return row;
}

void Session::run(Statement& statement) {
  statement.step("write");
  statement.reset();
}

void Session::roll_back() noexcept {
  if (::sqlite3_get_autocommit(connection_.get()) == 0)
    ::sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

}  // namespace sqlite
