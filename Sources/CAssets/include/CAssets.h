#pragma once
#include <stddef.h>

/* The files a browser needs beside the pages, inside the program: nothing to install, nothing to
   find, nothing that could be another version. */

/* Bytes that live as long as the program. */
struct seedlot_asset {
    const unsigned char *bytes;
    size_t count;
};

struct seedlot_asset seedlot_asset_stylesheet(void);
struct seedlot_asset seedlot_asset_script(void);
struct seedlot_asset seedlot_asset_icon(void);
