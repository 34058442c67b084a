"""Two hundred open screens while somebody records: each hears of what is new, and none is kept
after it is gone."""

import http.client
import json
import re
import threading
import time
import unittest
import urllib.parse
import urllib.request

from site_under_test import PASSWORD, DemonstrationSite

SCREENS = 200
ENTRIES = 10
# What a screen waits for at most; a busy machine answers late, a lost event never comes.
WAIT_SECONDS_MAX = 120


class LiveTest(unittest.TestCase):
    def setUp(self):
        self.site = self.enterContext(DemonstrationSite())
        self.token = self.asked("/session", {"person": "operator-1", "password": PASSWORD})["token"]

    def asked(self, path, body):
        request = urllib.request.Request(
            self.site.address + "/api/v1" + path, json.dumps(body).encode())
        if hasattr(self, "token"):
            request.add_header("Authorization", f"Bearer {self.token}")
        with urllib.request.urlopen(request, timeout=WAIT_SECONDS_MAX) as answer:
            return json.load(answer)

    def metric(self, name):
        with urllib.request.urlopen(self.site.address + "/metrics", timeout=60) as answer:
            return float(re.search(rf"^{name} (\S+)", answer.read().decode(), re.M)[1])

    def screen(self, cookie):
        """An open page as a browser follows the ledger."""
        parts = urllib.parse.urlsplit(self.site.address)
        connection = http.client.HTTPConnection(
            parts.hostname, parts.port, timeout=WAIT_SECONDS_MAX)
        connection.request("GET", "/live", headers={"Cookie": cookie})
        answer = connection.getresponse()
        if answer.status != 200:
            connection.close()
        self.assertEqual(answer.status, 200)
        return connection, answer

    def cookie(self):
        parts = urllib.parse.urlsplit(self.site.address)
        connection = http.client.HTTPConnection(
            parts.hostname, parts.port, timeout=WAIT_SECONDS_MAX)
        connection.request(
            "POST", "/sign-in", urllib.parse.urlencode(
                {"person": "inspector", "password": PASSWORD}),
            {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        self.assertEqual(answer.status, 303)
        return answer.headers["Set-Cookie"].split(";")[0]

    def test_every_screen_hears_of_every_entry(self):
        cookie = self.cookie()
        screens = [self.screen(cookie) for _ in range(SCREENS)]
        self.assertEqual(self.metric("seedlot_web_live_streams"), SCREENS)
        recorded, heard = {}, {}

        def listen(number, answer):
            for line in answer:
                if line.startswith(b"data:"):
                    size = int(line[5:])
                    heard.setdefault(number, {})[size] = time.monotonic()
                    if size >= last:
                        return

        last = int(self.metric("seedlot_ledger_entries")) + ENTRIES
        threads = [
            threading.Thread(target=listen, args=(number, answer), daemon=True)
            for number, (_, answer) in enumerate(screens)
        ]
        for thread in threads:
            thread.start()
        for _ in range(ENTRIES):
            receipt = self.asked("/commands/environment.record-pressure", {"with": {
                "room": "ROOM-102", "beside": "ROOM-101", "difference": "21 Pa"}})
            recorded[receipt["firstEntry"] + 1] = time.monotonic()
        for thread in threads:
            thread.join(timeout=WAIT_SECONDS_MAX)
        self.assertEqual(len(heard), SCREENS)
        for number, sizes in heard.items():
            # Entries that come quickly after one another may be told of together; the last is
            # told of always, and none goes back.
            self.assertEqual(max(sizes), last, f"screen {number}")
            self.assertEqual(list(sizes), sorted(sizes), f"screen {number}")
        late = sorted(
            at - recorded[size] for sizes in heard.values() for size, at in sizes.items()
            if size in recorded)
        print(f"\n{len(late)} events on {SCREENS} screens: the median {late[len(late) // 2] * 1000:.0f}"
              f" ms after the answer to the writer, the last {late[-1] * 1000:.0f} ms")

        # Screens that are closed are forgotten at the next sign of life.
        for connection, answer in screens:
            answer.close()
            connection.close()
        deadline = time.monotonic() + WAIT_SECONDS_MAX
        while self.metric("seedlot_web_live_streams") > 0 and time.monotonic() < deadline:
            time.sleep(1)
        self.assertEqual(self.metric("seedlot_web_live_streams"), 0)

    def test_more_screens_than_the_server_follows_are_told_so(self):
        cookie = self.cookie()
        screens = []
        try:
            while len(screens) <= 600:
                screens.append(self.screen(cookie))
        except AssertionError as refused:
            self.assertIn("503", str(refused))
        self.assertEqual(len(screens), 500)
        # And who reads a page does so as before.
        with urllib.request.urlopen(self.site.address + "/readyz", timeout=60) as answer:
            self.assertEqual(answer.status, 200)
        for connection, answer in screens:
            answer.close()
            connection.close()
