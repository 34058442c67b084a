"""One server a site; commands from the command line beside it are welcome and seen at once."""

import json
import os
import pathlib
import subprocess
import unittest

from playwright.sync_api import expect

from site_under_test import PASSWORD, PROGRAM, REPOSITORY, SiteTest


class OneServerTest(SiteTest):
    def folder(self):
        return str(pathlib.Path(self.site.folder.name, "site"))

    def ran(self, *arguments, given=""):
        return subprocess.run(
            [PROGRAM, *arguments], cwd=REPOSITORY, input=given, capture_output=True, text=True,
            timeout=600, env=os.environ | {"SEEDLOT_PASSWORD": PASSWORD})

    def test_a_second_server_of_a_site_is_refused(self):
        second = self.ran("demo", "--directory", self.folder(), "--port", "0")
        self.assertEqual(second.returncode, 1, second.stdout + second.stderr)
        self.assertIn("another process serves this site", second.stderr)
        screen = self.screen("operator-1")
        self.assertEqual(screen.open("/batches").status, 200)

    def test_what_is_performed_beside_the_server_is_on_every_screen(self):
        screen = self.screen("inspector")
        page = screen.page
        screen.open("/rooms/ROOM-102")
        expect(page.locator("#live-state")).to_have_text("live")
        now = page.locator("body").get_attribute("data-now")
        performed = self.ran(
            "perform", "environment.record-pressure", "--site", self.folder(), "--as",
            "operator-1", given=json.dumps(
                {"room": "ROOM-102", "beside": "ROOM-101", "difference": "23 Pa"}))
        # The clock of the demonstration stands behind that of the machine or before it: what
        # would stand before the last entry is refused, and then nothing may have changed.
        if performed.returncode == 0:
            expect(page.get_by_text("23 Pa").first).to_be_visible()
        else:
            self.assertIn("clock", performed.stderr + performed.stdout, now)


if __name__ == "__main__":
    unittest.main()
