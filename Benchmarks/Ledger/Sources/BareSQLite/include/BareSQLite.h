#pragma once

/// What is to be inserted.
struct bare_rows {
    /// The bytes of every row.
    const void *bytes;
    int length;
    /// Number of rows, and rows of one durable commit.
    int count;
    int batch;
    /// Bytes of a second row in another table with each commit; 0 for none.
    int checkpoint_length;
};

/// Seconds that it took.
struct bare_time {
    double wall;
    double processor;
};

/// An open SQLite file with its prepared statements.
struct bare_sqlite;

/// Makes a new SQLite file at `path` in WAL mode with `synchronous = FULL`. Returns 0, or SQLite's
/// error code.
int bare_sqlite_open(const char *path, struct bare_sqlite **file);

/// Inserts `rows` after those there are, with prepared statements and nothing else. Returns 0, or
/// SQLite's error code.
int bare_sqlite_append(struct bare_sqlite *file, const struct bare_rows *rows, struct bare_time *time);

/// Closes `file`, which may be null.
void bare_sqlite_close(struct bare_sqlite *file);
