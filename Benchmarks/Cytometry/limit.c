/* What one pass over the file costs in C: the gates of SimulatedPanel.swift with their limits moved
   to data space by the inverse logicle, no value stored. limit FILE [THREADS]; with 0 threads the
   mapped file is only touched, word by word. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>

enum { PARAMETERS = 12, DYES = 8, GATES = 11 };
static const char *const names[GATES] = {"Cells", "Singlets", "Live", "CD105pos", "CD73pos", "CD90pos",
    "CD146pos", "NegCocktailPos", "CD45pos", "HLADRpos", "TriplePos"};

typedef struct { const char *events; long first, last; const double *inverse, *limits; long counts[GATES]; } Part;

static double logicle_inverse(double y) {
    const double t = 262144, w = 0.7 / 4.5, b = 4.5 * M_LN10;
    double low = 1e-12, high = b;
    for (int i = 0; i < 200; i++) {
        double d = (low + high) / 2;
        if (2 * log(d / b) + w * (d + b) > 0) high = d; else low = d;
    }
    const double d = low, c = exp(2 * w * (b + d)), f = exp(b * w) - c / exp(d * w);
    const double a = t / (exp(b) - f - c / exp(d));
    return a * exp(b * y) - c * a * exp(-d * y) - f * a;
}

static int inside(const double (*points)[2], int count, double x, double y) {
    int result = 0;
    for (int i = 0, j = count - 1; i < count; j = i++)
        if ((points[i][1] > y) != (points[j][1] > y)
            && x < (points[j][0] - points[i][0]) * (y - points[i][1]) / (points[j][1] - points[i][1]) + points[i][0])
            result = !result;
    return result;
}

static void *gate(void *argument) {
    static const double cells[7][2] = {{42000, 9000}, {70000, 6000}, {262144, 60000}, {262144, 230000},
        {150000, 230000}, {60000, 120000}, {40000, 50000}};
    static const double singlets[4][2] = {{30000, 19000}, {262144, 187000}, {262144, 248000}, {30000, 31000}};
    Part *part = argument;
    for (long event = part->first; event < part->last; event++) {
        float row[PARAMETERS];
        double dye[DYES];
        memcpy(row, part->events + event * (long)sizeof row, sizeof row);
        for (int j = 0; j < DYES; j++) {
            double sum = 0;
            for (int k = 0; k < DYES; k++) sum += row[3 + k] * part->inverse[k * DYES + j];
            dye[j] = sum;
        }
        if (!inside(cells, 7, row[0], row[2])) continue;
        part->counts[0]++;
        if (!inside(singlets, 4, row[0], row[1])) continue;
        part->counts[1]++;
        if (!(dye[5] < part->limits[5])) continue;
        part->counts[2]++;
        const int order[7] = {2, 4, 0, 3, 1, 7, 6};
        int positive[7];
        for (int i = 0; i < 7; i++) {
            positive[i] = dye[order[i]] >= part->limits[order[i]];
            part->counts[3 + i] += positive[i];
        }
        part->counts[10] += positive[0] & positive[1] & positive[2];
    }
    return NULL;
}

static void invert(double *matrix, double *result) {
    for (int i = 0; i < DYES * DYES; i++) result[i] = i % (DYES + 1) == 0;
    for (int column = 0; column < DYES; column++) {
        double pivot = matrix[column * DYES + column];
        for (int i = 0; i < DYES; i++) { matrix[column * DYES + i] /= pivot; result[column * DYES + i] /= pivot; }
        for (int row = 0; row < DYES; row++) {
            if (row == column) continue;
            double factor = matrix[row * DYES + column];
            for (int i = 0; i < DYES; i++) {
                matrix[row * DYES + i] -= factor * matrix[column * DYES + i];
                result[row * DYES + i] -= factor * result[column * DYES + i];
            }
        }
    }
}

int main(int count, char **arguments) {
    if (count < 2) return 2;
    const int threads = count > 2 ? atoi(arguments[2]) : 1;
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    const clock_t before = clock();
    int file = open(arguments[1], O_RDONLY);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0 || threads < 0 || threads > 64) return 1;
    char *bytes = mmap(NULL, status.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    if (bytes == MAP_FAILED) return 1;
    if (threads == 0) {
        unsigned long long sum = 0, word;
        for (long at = 0; at + 8 <= status.st_size; at += 8) memcpy(&word, bytes + at, 8), sum += word;
        clock_gettime(CLOCK_MONOTONIC, &end);
        printf("{\"peer\":\"c_touch\",\"seconds\":%.5f,\"cpu\":%.5f,\"check\":%llu}\n",
            end.tv_sec - start.tv_sec + 1e-9 * (end.tv_nsec - start.tv_nsec), (double)(clock() - before) / CLOCKS_PER_SEC, sum);
        return 0;
    }
    char text[8192] = {0};
    memcpy(text, bytes, status.st_size < 8191 ? status.st_size : 8191);
    for (int i = 0; i < 8191; i++) if (!text[i]) text[i] = ' ';
    long begin = atol(strstr(text, "$BEGINDATA|") + 11), total = atol(strstr(text, "$TOT|") + 5);
    char *field = strstr(text, "$SPILLOVER|8,") + 13;
    double matrix[DYES * DYES], inverse[DYES * DYES], limits[DYES];
    for (int i = 0; i < DYES; i++) field = strchr(field, ',') + 1;
    for (int i = 0; i < DYES * DYES; i++) matrix[i] = strtod(field, &field), field++;
    invert(matrix, inverse);
    const double cuts[DYES] = {.55, .52, .55, .48, .55, .55, .52, .52};
    for (int i = 0; i < DYES; i++) limits[i] = logicle_inverse(cuts[i]);
    Part parts[64];
    pthread_t handles[64];
    for (int i = 0; i < threads; i++) {
        parts[i] = (Part){bytes + begin, total * i / threads, total * (i + 1) / threads, inverse, limits, {0}};
        pthread_create(&handles[i], NULL, gate, &parts[i]);
    }
    long counts[GATES] = {0};
    for (int i = 0; i < threads; i++) {
        pthread_join(handles[i], NULL);
        for (int j = 0; j < GATES; j++) counts[j] += parts[i].counts[j];
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("{\"peer\":\"c_%dt\",\"seconds\":%.5f,\"cpu\":%.5f,\"gates\":{", threads,
        end.tv_sec - start.tv_sec + 1e-9 * (end.tv_nsec - start.tv_nsec), (double)(clock() - before) / CLOCKS_PER_SEC);
    for (int i = 0; i < GATES; i++) printf("\"%s\":%ld%s", names[i], counts[i], i < GATES - 1 ? "," : "}}\n");
    return 0;
}
