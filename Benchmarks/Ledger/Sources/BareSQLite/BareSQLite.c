#include "BareSQLite.h"
#include <sqlite3.h>
#include <time.h>

static double seconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int insert_row(sqlite3_stmt *insert, sqlite3_int64 key, const void *bytes, int length) {
    sqlite3_bind_int64(insert, 1, key);
    sqlite3_bind_blob(insert, 2, bytes, length, SQLITE_STATIC);
    int code = sqlite3_step(insert);
    sqlite3_reset(insert);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int run(sqlite3_stmt *statement) {
    int code = sqlite3_step(statement);
    sqlite3_reset(statement);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

int bare_sqlite_append(const char *path, const struct bare_rows *rows, struct bare_time *time) {
    sqlite3 *db = 0;
    sqlite3_stmt *begin = 0, *insert = 0, *extra = 0, *commit = 0;
    int code = sqlite3_open(path, &db);
    if (code == SQLITE_OK)
        code = sqlite3_exec(db,
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
            "CREATE TABLE entries (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;"
            "CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, note BLOB NOT NULL) STRICT;", 0, 0, 0);
    if (code == SQLITE_OK) code = sqlite3_prepare_v2(db, "BEGIN IMMEDIATE", -1, &begin, 0);
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(db, "INSERT INTO entries (number, bytes) VALUES (?, ?)", -1, &insert, 0);
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(db, "INSERT INTO checkpoints (size, note) VALUES (?, ?)", -1, &extra, 0);
    if (code == SQLITE_OK) code = sqlite3_prepare_v2(db, "COMMIT", -1, &commit, 0);
    double wall = seconds(CLOCK_MONOTONIC), processor = seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (int row = 0; row < rows->count && code == SQLITE_OK;) {
        code = run(begin);
        for (int n = 0; n < rows->batch && row < rows->count && code == SQLITE_OK; n++, row++)
            code = insert_row(insert, row, rows->bytes, rows->length);
        if (code == SQLITE_OK && rows->checkpoint_length > 0)
            code = insert_row(extra, row, rows->bytes, rows->checkpoint_length);
        if (code == SQLITE_OK) code = run(commit);
    }
    time->wall = seconds(CLOCK_MONOTONIC) - wall;
    time->processor = seconds(CLOCK_PROCESS_CPUTIME_ID) - processor;
    sqlite3_finalize(begin);
    sqlite3_finalize(insert);
    sqlite3_finalize(extra);
    sqlite3_finalize(commit);
    sqlite3_close(db);
    return code;
}
