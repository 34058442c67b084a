#include "CAssets.h"

/* #embed is C23; clang offers it in every C mode and says so unless asked not to. */
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char stylesheet[] = {
#embed "files/seedlot.css"
};
static const unsigned char script[] = {
#embed "files/seedlot.js"
};
static const unsigned char icon[] = {
#embed "files/seedlot.svg"
};

struct seedlot_asset seedlot_asset_stylesheet(void) {
    return (struct seedlot_asset){stylesheet, sizeof stylesheet};
}

struct seedlot_asset seedlot_asset_script(void) {
    return (struct seedlot_asset){script, sizeof script};
}

struct seedlot_asset seedlot_asset_icon(void) {
    return (struct seedlot_asset){icon, sizeof icon};
}
