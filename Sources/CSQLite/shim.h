// sqlite3.h plus the two things Swift cannot import: the destructor constants are function-pointer casts.
#pragma once
#include <sqlite3.h>

/// Binds text that SQLite reads but does not keep: the bytes must outlive the next sqlite3_step.
static inline int csq_bind_text_static(sqlite3_stmt *statement, int index, const void *bytes, int count) {
  return sqlite3_bind_text(statement, index, (const char *)bytes, count, SQLITE_STATIC);
}

/// Binds text that SQLite copies.
static inline int csq_bind_text_copy(sqlite3_stmt *statement, int index, const void *bytes, int count) {
  return sqlite3_bind_text(statement, index, (const char *)bytes, count, SQLITE_TRANSIENT);
}

static inline int csq_bind_blob_static(sqlite3_stmt *statement, int index, const void *bytes, int count) {
  return sqlite3_bind_blob(statement, index, bytes, count, SQLITE_STATIC);
}

static inline int csq_bind_blob_copy(sqlite3_stmt *statement, int index, const void *bytes, int count) {
  return sqlite3_bind_blob(statement, index, bytes, count, SQLITE_TRANSIENT);
}

/// Switches a setting of a connection; sqlite3_db_config takes a variable number of arguments, which Swift cannot pass.
static inline int csq_configure(sqlite3 *database, int setting, int value) {
  return sqlite3_db_config(database, setting, value, (int *)0);
}
