#ifndef BARE_SQLITE_H
#define BARE_SQLITE_H

// Appends `rows` rows of `length` bytes to a new table in the file `path`, `batch` rows a transaction,
// in WAL mode with synchronous = FULL, and nothing else. Seconds that it took, or a negative SQLite
// error code.
double bare_sqlite_append(const char *path, const void *bytes, int length, int rows, int batch);

#endif
