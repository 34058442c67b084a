"""Every page of a site after its first year, seen by everyone who works there, on a tablet held
either way: each answers, has a heading, fits the screen and offers only what its reader may do."""

import collections
import os
import re
import urllib.parse

from site_under_test import TABLET, SiteTest

PEOPLE = ["operator-1", "supervisor", "analyst", "reviewer", "qp", "admin", "inspector"]
UPRIGHT = {"width": 768, "height": 1024}
# Pages of one kind are alike: that many of each are seen.
PAGES_OF_A_KIND_MAX = int(os.environ.get("SEEDLOT_WALK_PAGES", "2"))
# Where pictures of what was seen are kept, for whoever wants to look; nowhere else.
PICTURES = os.environ.get("SEEDLOT_WALK_PICTURES")

# What a page holds: its links, and by how much it is wider than the screen.
LINKS = """() => [...document.querySelectorAll('nav.rail a, main a')]
    .map(a => [a.getAttribute('href'), a.hasAttribute('download')])"""
TOO_WIDE = """() => document.documentElement.scrollWidth
    - document.documentElement.clientWidth"""
# Rooms of the rail in which this site has something after its year: its cells are no lines, and no
# instrument of it records by itself.
ROOMS = {"/batches", "/testing", "/methods", "/trends", "/donors", "/materials", "/banks",
         "/storage",
         "/samples", "/environment", "/rooms", "/equipment", "/simulations", "/orders",
         "/shipments", "/patients", "/events", "/quality-reviews", "/studies", "/obligations",
         "/self-inspections", "/meetings", "/system-checks", "/organisations", "/people",
         "/training", "/definitions",
         "/documents", "/files"}
# Segments of an address that name a page, where the others name a thing.
FIXED = {"certificate", "changes", "controls", "cytometry-reading", "entries", "learning", "plate",
         "review",
         "samples", "steps", "text", "trends", "verification", "year"}
# Lists send files under these, and papers are files.
FILES = re.compile(r"[?&]format=|^/(papers/.+/|documents/.+/|assets/|files/.|api/)|/file$")


def kind(path):
    """Which pages look like the one at `path`: its fixed segments, without what it names."""
    parts = urllib.parse.urlsplit(path).path.strip("/").split("/")
    if parts[0] == "commands":
        return "/".join(parts)
    return "/".join([parts[0]] + [part if part in FIXED else "*" for part in parts[1:]])


class WalkTest(SiteTest):
    """One walk for each of the people."""

    scenario = "Examples/uc-msc/one-year.jsonl"

    def walk(self, person):
        screen = self.screen(person)
        waiting = collections.deque(["/"])
        met, seen, wrong = {"/"}, collections.Counter(), []
        while waiting:
            path = waiting.popleft()
            if seen[kind(path)] >= PAGES_OF_A_KIND_MAX:
                continue
            seen[kind(path)] += 1
            answer = screen.open(path)
            if answer.status >= 400:
                wrong.append(f"{path} answers {answer.status}")
                continue
            wrong += [f"{path} {fault}" for fault in self.faults(screen, path)]
            if path.startswith("/commands/"):
                continue
            for link, is_file in screen.page.evaluate(LINKS):
                link = (link or "").split("#")[0]
                if not link.startswith("/") or is_file or FILES.search(link) or link in met:
                    continue
                # The list of all commands says of each who may; it is no offer.
                if link.startswith("/commands/") and path == "/commands":
                    continue
                met.add(link)
                waiting.append(link)
        self.assertEqual(wrong, [], f"{person} met {len(seen)} kinds of pages")
        # What a site of a year has: far more than the rooms in the rail.
        self.assertGreater(len(seen), 50)

    def faults(self, screen, path):
        page = screen.page
        if not page.locator("main h1").count():
            yield "has no heading"
        if path in ROOMS and page.locator("main p.nothing").filter(
                has_text=re.compile(r"^No .* yet\.$")).count():
            yield "is empty"
        if page.get_by_text("You may not do this.").count():
            yield "is offered to who may not do it"
        for name, size in (("upright", UPRIGHT), ("across", TABLET)):
            page.set_viewport_size(size)
            wider = page.evaluate(TOO_WIDE)
            if wider > 0:
                yield f"is {wider} px wider than a tablet {name}"
            if PICTURES:
                folder = os.path.join(PICTURES, page.locator(".who-name").inner_text())
                os.makedirs(folder, exist_ok=True)
                file = re.sub(r"[^A-Za-z0-9.-]+", "_", path.strip("/")) or "home"
                page.screenshot(path=f"{folder}/{file[:120]}.{name}.png", full_page=True)


def walk_of(person):
    return lambda self: self.walk(person)


for _person in PEOPLE:
    setattr(WalkTest, f"test_{_person.replace('-', '_')}_walks_the_year", walk_of(_person))
