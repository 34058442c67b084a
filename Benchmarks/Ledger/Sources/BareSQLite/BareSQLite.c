#include "BareSQLite.h"
#include <sqlite3.h>
#include <time.h>

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

double bare_sqlite_append(const char *path, const void *bytes, int length, int rows, int batch) {
    sqlite3 *db = 0;
    sqlite3_stmt *begin = 0, *insert = 0, *commit = 0;
    double elapsed = 0;
    int code = sqlite3_open(path, &db);
    if (code == SQLITE_OK)
        code = sqlite3_exec(db,
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
            "CREATE TABLE entries (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;", 0, 0, 0);
    if (code == SQLITE_OK) code = sqlite3_prepare_v2(db, "BEGIN IMMEDIATE", -1, &begin, 0);
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(db, "INSERT INTO entries (number, bytes) VALUES (?, ?)", -1, &insert, 0);
    if (code == SQLITE_OK) code = sqlite3_prepare_v2(db, "COMMIT", -1, &commit, 0);
    if (code == SQLITE_OK) {
        double start = seconds();
        for (int row = 0; row < rows && code == SQLITE_OK;) {
            if (sqlite3_step(begin) != SQLITE_DONE) code = sqlite3_errcode(db);
            sqlite3_reset(begin);
            for (int n = 0; n < batch && row < rows && code == SQLITE_OK; n++, row++) {
                sqlite3_bind_int64(insert, 1, row);
                sqlite3_bind_blob(insert, 2, bytes, length, SQLITE_STATIC);
                if (sqlite3_step(insert) != SQLITE_DONE) code = sqlite3_errcode(db);
                sqlite3_reset(insert);
            }
            if (code == SQLITE_OK && sqlite3_step(commit) != SQLITE_DONE) code = sqlite3_errcode(db);
            sqlite3_reset(commit);
        }
        elapsed = seconds() - start;
    }
    sqlite3_finalize(begin);
    sqlite3_finalize(insert);
    sqlite3_finalize(commit);
    sqlite3_close(db);
    return code == SQLITE_OK ? elapsed : -(double)code;
}
