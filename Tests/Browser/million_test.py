"""An audit trail of a million entries: found, filtered and paged as quickly as a short one.

Runs where SEEDLOT_CASES asks for at least ten thousand entries; the ledger is made by `seedlot
play`, so that every entry is one the site decided, and takes minutes in a release build.
"""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest
from datetime import datetime, timedelta, timezone

from playwright.sync_api import expect, sync_playwright

from site_under_test import PROGRAM, REPOSITORY, DemonstrationSite, Screen, made_site

ENTRIES = int(os.environ.get("SEEDLOT_CASES", "0"))


def scenario(path, count):
    """`count` readings of the pressure between two rooms, a second apart."""
    start = datetime(2026, 7, 11, tzinfo=timezone.utc)
    with open(path, "w") as file:
        file.write(json.dumps({"passwords": {"operator-1": "demonstration"}}) + "\n")
        for number in range(count):
            at = (start + timedelta(seconds=number)).strftime("%Y-%m-%dT%H:%M:%SZ")
            file.write(json.dumps({
                "at": at, "as": "operator-1", "do": "environment.record-pressure",
                "with": {
                    "room": "ROOM-102", "beside": "ROOM-101",
                    "difference": f"{16 + number % 9} Pa",
                },
            }) + "\n")


@unittest.skipIf(ENTRIES < 10_000, "SEEDLOT_CASES asks for no long ledger")
class MillionRowsTest(unittest.TestCase):
    def test_the_trail_of_a_long_ledger_opens_at_once(self):
        with tempfile.TemporaryDirectory() as folder:
            site = pathlib.Path(folder, "site")
            shutil.copytree(pathlib.Path(made_site().name, "site"), site)
            lines = pathlib.Path(folder, "readings.jsonl")
            scenario(lines, ENTRIES)
            start = time.monotonic()
            subprocess.run(
                [PROGRAM, "play", str(lines), "--site", str(site)], cwd=REPOSITORY, check=True,
                capture_output=True, timeout=7200)
            print(f"\n{ENTRIES} entries made in {time.monotonic() - start:.0f} s")
            start = time.monotonic()
            with DemonstrationSite(made=site) as served, sync_playwright() as playwright:
                print(f"opened in {time.monotonic() - start:.1f} s")
                browser = playwright.chromium.launch(
                    executable_path="/usr/bin/chromium", args=["--no-sandbox"])
                screen = Screen(browser, served)
                screen.sign_in("inspector")
                self.reads_the_trail(screen)
                screen.close()
                browser.close()

    def reads_the_trail(self, screen):
        page = screen.page
        for what, path, sight in [
            ("newest", "/audit", "environment.pressure-recorded/1"),
            ("by kind", "/audit?kind=environment.pressure", "environment.pressure-recorded/1"),
            ("by words", "/audit?q=ROOM-102", "environment.pressure-recorded/1"),
            ("from the middle", f"/audit?before={ENTRIES // 2}", "environment"),
            ("the first", "/audit?before=100", "site.founded/1"),
            ("one entry with its proof", f"/ledger/entries/{ENTRIES // 3}", "Bytes and proof"),
        ]:
            start = time.monotonic()
            screen.open(path)
            expect(page.locator("main").get_by_text(sight).first).to_be_visible()
            print(f"{what}: {(time.monotonic() - start) * 1000:.0f} ms")
        screen.open("/audit")
        page.get_by_label("Person").fill("operator-1")
        page.get_by_role("button", name="Filter").click()
        expect(page.get_by_role("link", name="Older than entry")).to_be_visible()
        page.get_by_role("link", name="Older than entry").click()
        expect(page.get_by_role("cell", name="First operator").first).to_be_visible()
