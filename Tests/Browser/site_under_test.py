"""The demonstration site, served for one test run, and people at its screens."""

import faulthandler
import functools
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from playwright.sync_api import Error, expect, sync_playwright

PROGRAM = os.environ["SEEDLOT_BIN"]
REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
PASSWORD = "demonstration"
# Making the site takes seconds; on a busy machine with a debug build, minutes.
START_SECONDS_MAX = 600
# A debug build on a busy machine answers in seconds; only what never comes is a failure.
expect.set_options(timeout=60_000)
# A browser that never answers must end the run with the place it hung at, not hold it.
TEST_SECONDS_MAX = 600
# A tablet in a clean room.
TABLET = {"width": 1024, "height": 768}


def start(command, folder, log):
    """Starts `seedlot COMMAND` and returns its process and the address it answers at."""
    ready = pathlib.Path(folder, "ready")
    ready.unlink(missing_ok=True)
    process = subprocess.Popen(
        [PROGRAM, *command, "--port", "0", "--ready-file", str(ready)],
        cwd=REPOSITORY, stdout=log, stderr=subprocess.STDOUT)
    deadline = time.monotonic() + START_SECONDS_MAX
    while not ready.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            log.seek(0)
            raise RuntimeError("the site does not start:\n" + log.read())
        time.sleep(0.05)
    return process, ready.read_text().strip().rstrip("/")


def stop(process):
    """Stops a site as an administrator does, and returns how it ended."""
    process.send_signal(signal.SIGTERM)
    return process.wait(timeout=120)


@functools.cache
def made_site(scenario=None):
    """A folder with the site of `scenario`, or the demonstration site, in `site`, made once:
    `seedlot demo`, stopped as soon as it answers. SEEDLOT_DEMO_SITE names a demonstration site
    that was made before, to save that time."""
    folder = tempfile.TemporaryDirectory()
    if not scenario and (made := os.environ.get("SEEDLOT_DEMO_SITE")):
        shutil.copytree(made, pathlib.Path(folder.name, "site"))
        return folder
    with open(pathlib.Path(folder.name, "log"), "w+") as log:
        process, _ = start(
            ["demo", *([scenario] if scenario else []), "--directory", f"{folder.name}/site"],
            folder.name, log)
        assert stop(process) == 0, "the demonstration site does not stop cleanly"
    return folder


class DemonstrationSite:
    """A copy of the demonstration site, served in its own time until the block ends."""

    def __init__(self, options=(), made=None):
        self.options = options
        # A site that was made already, in place of the demonstration's own.
        self.made = made

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        site = pathlib.Path(self.folder.name, "site")
        shutil.copytree(self.made or pathlib.Path(made_site().name, "site"), site)
        self.log = open(pathlib.Path(self.folder.name, "log"), "w+")
        self.process, self.address = start(
            ["demo", "--directory", str(site), *self.options], self.folder.name, self.log)
        return self

    def __exit__(self, *_):
        status = stop(self.process)
        self.log.seek(0)
        said = self.log.read()
        self.log.close()
        self.folder.cleanup()
        assert status == 0, f"the server ended with {status}:\n{said}"


class Screen:
    """One browser window. Whatever the browser complains about fails the test."""

    def __init__(self, browser, site, viewport=TABLET, scripts=True):
        self.site = site
        self.context = browser.new_context(viewport=viewport, java_script_enabled=scripts)
        self.context.set_default_timeout(60_000)
        self.page = self.context.new_page()
        self.complaints = []
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("console", self._listen)

    def _listen(self, message):
        # A refused form answers 4xx, which the browser logs as a failed load: that is expected.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def open(self, path):
        return self.page.goto(self.site.address + path)

    def sign_in(self, person, password=PASSWORD):
        self.open("/sign-in")
        self.page.get_by_label("Identifier").fill(person)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        # The script signs in before it leaves the page; the cookie is there when it has left.
        self.page.wait_for_url(lambda address: "/sign-in" not in address)

    def close(self):
        # Chromium can wait for ever to close a context whose page is still on its way elsewhere.
        self._leave()
        self.context.close()

    def _leave(self):
        # A page that is on its way somewhere arrives there first.
        for _ in range(10):
            try:
                self.page.goto("about:blank")
                return
            except Error as error:
                if "interrupted by another navigation" not in str(error):
                    raise
                self.page.wait_for_load_state()
        raise AssertionError(f"{self.page.url} does not come to rest")

    def path(self):
        return self.page.url.removeprefix(self.site.address)


class SiteTest(unittest.TestCase):
    """A test on a site of its own class; screens are closed and checked after each test."""

    # The scenario its site comes from; the demonstration's own where nothing is said.
    scenario = None

    @classmethod
    def setUpClass(cls):
        made = cls.scenario and pathlib.Path(made_site(cls.scenario).name, "site")
        cls.site = cls.enterClassContext(DemonstrationSite(made=made))
        cls.playwright = cls.enterClassContext(sync_playwright())
        cls.browser = cls.playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        cls.addClassCleanup(cls.browser.close)

    def setUp(self):
        faulthandler.dump_traceback_later(TEST_SECONDS_MAX, exit=True)
        self.addCleanup(faulthandler.cancel_dump_traceback_later)
        self.screens = []

    def tearDown(self):
        for screen in self.screens:
            screen.close()
        for screen in self.screens:
            self.assertEqual(screen.complaints, [], "the browser complained")

    def screen(self, person=None, **options):
        screen = Screen(self.browser, self.site, **options)
        self.screens.append(screen)
        if person:
            screen.sign_in(person)
        return screen
