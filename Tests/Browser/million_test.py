"""A site of a million entries and a quarter of a million positions: read as quickly as a short one.

Runs where SEEDLOT_CASES asks for at least ten thousand entries and SEEDLOT_SITE_BENCH names the
program that makes a site large (`SiteBench`, see Benchmarks/Facility/run). The times are printed;
what is tested is that every page is there, and that the memory of the server stays bounded.
"""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import unittest
import urllib.request

from playwright.sync_api import expect, sync_playwright

from site_under_test import DemonstrationSite, Screen, made_site

ENTRIES = int(os.environ.get("SEEDLOT_CASES", "0"))
SITE_BENCH = os.environ.get("SEEDLOT_SITE_BENCH")
POSITIONS = ENTRIES // 4
# A page that needs more than this beside the site itself holds what it should stream.
GROWTH_MB_MAX = 300


def memory(process):
    """Resident memory in MB."""
    text = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024


@unittest.skipIf(ENTRIES < 10_000, "SEEDLOT_CASES asks for no large site")
@unittest.skipIf(SITE_BENCH is None, "SEEDLOT_SITE_BENCH names no program that makes one")
class LargeSiteTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        grown = pathlib.Path(folder, "site")
        if made := os.environ.get("SEEDLOT_LARGE_SITE"):
            shutil.copytree(made, grown)
        else:
            shutil.copytree(pathlib.Path(made_site().name, "site"), grown)
            copies = ENTRIES // 20_000
            start = time.monotonic()
            made = subprocess.run(
                [SITE_BENCH, "grow", str(grown), str(copies), str(POSITIONS),
                 str(max(0, ENTRIES - POSITIONS - 600 * copies))],
                check=True, capture_output=True, text=True, timeout=7200)
            print(f"\n{made.stdout.split()[0]} entries in {time.monotonic() - start:.0f} s")
        start = time.monotonic()
        cls.served = cls.enterClassContext(DemonstrationSite(made=grown))
        cls.start_mb = memory(cls.served.process)
        print(f"opened in {time.monotonic() - start:.1f} s, {cls.start_mb:.0f} MB")
        playwright = cls.enterClassContext(sync_playwright())
        cls.browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        cls.addClassCleanup(cls.browser.close)

    def setUp(self):
        self.screen = Screen(self.browser, self.served)
        self.screen.sign_in("inspector")
        self.page = self.screen.page
        self.wait_for_the_index()

    def tearDown(self):
        self.screen.close()
        self.assertEqual(self.screen.complaints, [], "the browser complained")
        growth = memory(self.served.process) - self.start_mb
        print(f"memory {memory(self.served.process):.0f} MB")
        self.assertLess(growth, GROWTH_MB_MAX, "the server holds on to what it read")

    def wait_for_the_index(self):
        start = time.monotonic()
        for _ in range(600):
            answer = self.screen.open("/audit?person=operator-1")
            if answer.status == 200:
                break
            self.assertEqual(answer.status, 503)
            time.sleep(0.5)
        else:
            self.fail("the index of the trail is never ready")
        if time.monotonic() - start > 1:
            print(f"the index was ready after {time.monotonic() - start:.1f} s more")

    def sees(self, what, path, sight):
        start = time.monotonic()
        answer = self.screen.open(path)
        self.assertEqual(answer.status, 200, path)
        found = self.page.locator("main").get_by_text(sight).locator("visible=true")
        expect(found.first).to_be_visible()
        print(f"{what}: {(time.monotonic() - start) * 1000:.0f} ms in the browser, "
              f"{len(answer.body())} bytes")

    def test_the_audit_trail(self):
        for what, path, sight in [
            ("newest", "/audit", "environment.pressure-recorded/1"),
            ("the first", "/audit?before=100", "site.founded/1"),
            ("from the middle", f"/audit?before={ENTRIES // 2}", "Older than entry"),
            ("about a batch", "/audit?subject=B-26-003", "B-26-003"),
            ("about a room", "/audit?subject=ROOM-102", "environment.pressure-recorded/1"),
            ("of a person", "/audit?person=operator-1", "First operator"),
            ("of a day", "/audit?from=2026-03-02&to=2026-03-03", "entries"),
            ("by kind", "/audit?kind=batch.parameter-corrected", ", was "),
            ("by words", "/audit?q=ROOM-102", "environment.pressure-recorded/1"),
            ("by words that are nowhere", "/audit?q=nowhere-to-be-found", "No entry fits"),
            ("one entry with its proof", f"/ledger/entries/{ENTRIES // 3}", "Bytes and proof"),
            ("the past of a batch", "/batches/B-26-003?as-of=500", "The past"),
        ]:
            with self.subTest(what):
                self.sees(what, path, sight)
        self.screen.open("/audit")
        self.page.get_by_label("Person").fill("operator-1")
        self.page.get_by_role("button", name="Filter").click()
        self.page.get_by_role("link", name="Oldest").click()
        expect(self.page.get_by_role("cell", name="First operator").first).to_be_visible()

    def test_the_trail_as_a_file(self):
        cookie = "; ".join(
            f"{cookie['name']}={cookie['value']}" for cookie in self.screen.context.cookies())
        request = urllib.request.Request(
            self.served.address + "/audit?format=csv", headers={"Cookie": cookie})
        start, size, lines, most = time.monotonic(), 0, 0, 0
        with urllib.request.urlopen(request, timeout=600) as answer:
            first = None
            while part := answer.read(1 << 20):
                first = first or time.monotonic() - start
                size += len(part)
                lines += part.count(b"\n")
                most = max(most, memory(self.served.process))
        print(f"{lines} lines, {size / 1e6:.0f} MB in {time.monotonic() - start:.1f} s, the first "
              f"after {first:.2f} s, at most {most:.0f} MB in use")
        self.assertGreater(lines, ENTRIES // 2)
        self.assertLess(most - self.start_mb, GROWTH_MB_MAX)

    def test_the_store(self):
        for what, path, sight in [
            ("all units", "/storage", "containers in stock"),
            ("a freezer", "/storage?at=LN2-10", "containers in stock"),
            ("a rack", "/storage?at=LN2-10/R1", "containers in stock"),
            ("a box", "/storage?at=LN2-10/R1/B1", "100 containers in stock"),
            ("a list, sorted", "/storage?at=LN2-10&sort=container", "containers"),
            ("a part of a number", "/storage?q=STORE-7-", "containers"),
            ("a vial", "/storage?q=STORE-7-77", "STORE-7-77"),
        ]:
            with self.subTest(what):
                self.sees(what, path, sight)
        # Down to a vial by keyboard alone.
        self.screen.open("/storage")
        for name in ["LN2-10", "R1", "B1", "position 7"]:
            link = self.page.get_by_role("link", name=re.compile(rf"^{name}[:,]")).first
            link.focus()
            with self.page.expect_navigation():
                self.page.keyboard.press("Enter")
        self.assertIn("/containers/", self.screen.path())

    def test_other_pages(self):
        for path in ["/", "/batches", "/materials", "/banks", "/due", "/testing", "/events",
                     "/environment", "/trends", "/search?q=STORE", "/orders", "/donors"]:
            with self.subTest(path):
                self.sees(path, path, "")
