#include "BareSQLite.h"
#include <sqlite3.h>
#include <stdlib.h>
#include <time.h>

struct bare_sqlite {
    sqlite3 *db;
    sqlite3_stmt *begin, *insert, *extra, *commit;
    /// Number of rows so far.
    sqlite3_int64 count;
};

static double seconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int run(sqlite3_stmt *statement) {
    int code = sqlite3_step(statement);
    sqlite3_reset(statement);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int insert_row(sqlite3_stmt *insert, sqlite3_int64 key, const void *bytes, int length) {
    sqlite3_bind_int64(insert, 1, key);
    sqlite3_bind_blob(insert, 2, bytes, length, SQLITE_STATIC);
    return run(insert);
}

int bare_sqlite_open(const char *path, struct bare_sqlite **file) {
    struct bare_sqlite *bare = calloc(1, sizeof *bare);
    *file = bare;
    if (!bare) return SQLITE_NOMEM;
    int code = sqlite3_open(path, &bare->db);
    if (code == SQLITE_OK)
        code = sqlite3_exec(bare->db,
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
            "CREATE TABLE entries (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;"
            "CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, note BLOB NOT NULL) STRICT;", 0, 0, 0);
    const struct { const char *sql; sqlite3_stmt **statement; } statements[] = {
        {"BEGIN IMMEDIATE", &bare->begin},
        {"INSERT INTO entries (number, bytes) VALUES (?, ?)", &bare->insert},
        {"INSERT INTO checkpoints (size, note) VALUES (?, ?)", &bare->extra},
        {"COMMIT", &bare->commit},
    };
    for (int i = 0; i < 4 && code == SQLITE_OK; i++)
        code = sqlite3_prepare_v2(bare->db, statements[i].sql, -1, statements[i].statement, 0);
    return code;
}

int bare_sqlite_append(struct bare_sqlite *file, const struct bare_rows *rows, struct bare_time *time) {
    double wall = seconds(CLOCK_MONOTONIC), processor = seconds(CLOCK_PROCESS_CPUTIME_ID);
    int code = SQLITE_OK;
    for (int row = 0; row < rows->count && code == SQLITE_OK;) {
        code = run(file->begin);
        for (int n = 0; n < rows->batch && row < rows->count && code == SQLITE_OK; n++, row++)
            code = insert_row(file->insert, file->count++, rows->bytes, rows->length);
        if (code == SQLITE_OK && rows->checkpoint_length > 0)
            code = insert_row(file->extra, file->count, rows->bytes, rows->checkpoint_length);
        if (code == SQLITE_OK) code = run(file->commit);
    }
    time->wall = seconds(CLOCK_MONOTONIC) - wall;
    time->processor = seconds(CLOCK_PROCESS_CPUTIME_ID) - processor;
    return code;
}

void bare_sqlite_close(struct bare_sqlite *file) {
    if (!file) return;
    sqlite3_finalize(file->begin);
    sqlite3_finalize(file->insert);
    sqlite3_finalize(file->extra);
    sqlite3_finalize(file->commit);
    sqlite3_close(file->db);
    free(file);
}
