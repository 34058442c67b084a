"""By keyboard alone: where the focus goes, that it is seen, and that it is never lost or trapped.

WCAG 2.2: 2.1.2 no keyboard trap, 2.4.1 skip link, 2.4.3 focus order, 2.4.7 focus visible, 2.4.11
focus not obscured.
"""

from playwright.sync_api import expect

from site_under_test import SiteTest

PAGES = [
    "/", "/batches", "/batches/B-26-003", "/batches/B-26-004", "/batches/B-26-004/steps/p4",
    "/batches/B-26-004/review", "/batches/B-26-003/certificate", "/papers/B-26-003",
    "/genealogy/B-26-003", "/banks/WCS-26-01", "/donors/D-0008", "/materials", "/storage",
    "/environment", "/rooms/ROOM-102", "/equipment/ISO-01", "/testing", "/trends",
    "/testing/B-26-003/sterility", "/events", "/events/DEV-0002", "/orders/O-26-001",
    "/patients/PT-4471", "/people", "/training", "/due", "/quality-reviews", "/obligations",
    "/self-inspections", "/meetings", "/system-checks", "/organisations/SUP-01", "/definitions",
    "/definitions/UCMSC-0.4.0",
    "/definition-drafts", "/planning/UCMSC-0.4.0", "/rules/open-step-grade-a", "/audit",
    "/ledger", "/files", "/commands/donor.record-consent",
]
# Steps of the key after which a page is taken as walked: nobody tabs through more rows.
STOPS_MAX = 120
# A ring of the width that WCAG 2.4.13 asks for, in CSS pixels.
RING_MIN = 2

# Elements of a page that the key must reach, in the order in which they stand.
EXPECTED = """() => {
  const all = 'a[href], button, input, select, textarea, summary, [tabindex]';
  window.stops = [...document.querySelectorAll(all)].filter(e =>
    e.tabIndex >= 0 && !e.disabled && e.type !== 'hidden' && e.checkVisibility()
    && !(e.closest('details:not([open])') && e.tagName !== 'SUMMARY'));
  return window.stops.length;
}"""

# Where the focus is: its number, whether a ring is drawn around it, and what covers it.
HERE = """() => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  const style = getComputedStyle(e);
  const ring = style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth);
  const box = e.getBoundingClientRect();
  const mast = document.querySelector('.masthead').getBoundingClientRect();
  // What is wider than the screen slides in a frame of its own to where the focus is.
  let [down, along] = [scrollY, scrollX];
  for (let up = e.parentElement; up && up !== document.documentElement; up = up.parentElement) {
    down += up.scrollTop;
    along += up.scrollLeft;
  }
  return {
    number: window.stops.indexOf(e), ring, name: e.outerHTML.slice(0, 90),
    // A table higher than the screen may begin under the masthead; nothing may end there.
    covered: !e.closest('.masthead, .skip') && box.bottom <= mast.bottom,
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    within: e.closest('main') ? 'main' : e.closest('.rail') ? 'rail' : 'frame',
    top: box.top + down, left: box.left + along, right: box.right + along,
    bottom: box.bottom + down,
  };
}"""


class FocusTest(SiteTest):
    def at_the_top(self, page):
        """Focuses the first place of the page; returns how many there are, and the first."""
        # A field that is focused at once would hide what stands before it.
        page.evaluate("document.activeElement.blur()")
        page.evaluate("getSelection().removeAllRanges(); scrollTo(0, 0)")
        expected = page.evaluate(EXPECTED)
        page.locator("a.skip").focus()
        return expected, page.evaluate(HERE)

    def walked(self, page, key="Tab"):
        """Every place that the key takes the focus to, until it leaves the page."""
        stops = []
        for _ in range(STOPS_MAX):
            page.keyboard.press(key)
            here = page.evaluate(HERE)
            if here is None:
                break
            # From the last place the browser goes back to the first.
            if key == "Tab" and here["number"] == 0:
                break
            # A browser adds places that scroll to those of the page, and stops at each part of a
            # date.
            if here["number"] >= 0 and (not stops or here["number"] != stops[-1]["number"]):
                stops.append(here)
            if key == "Shift+Tab" and here["number"] == 0:
                break
        return stops

    def test_tab_walks_every_page_in_reading_order_and_is_seen(self):
        screen = self.screen("reviewer")
        page = screen.page
        for path in PAGES:
            with self.subTest(path):
                self.assertEqual(screen.open(path).status, 200)
                expected, first = self.at_the_top(page)
                stops = [first] + self.walked(page)
                numbers = [stop["number"] for stop in stops]
                # In the order of the page, each once, none left out: so nothing is a trap.
                self.assertEqual(numbers, list(range(numbers[0], numbers[0] + len(numbers))))
                self.assertEqual(numbers[0], 0)
                if expected < STOPS_MAX - 20:
                    self.assertEqual(len(numbers), expected, "the walk ends early")
                for stop in stops:
                    self.assertGreaterEqual(stop["ring"], RING_MIN, stop["name"])
                    self.assertTrue(stop["seen"], f"out of sight: {stop['name']}")
                    self.assertFalse(stop["covered"], f"covered: {stop['name']}")
                # What is read later stands lower, or to the right in a column of its own.
                for one, next in zip(stops, stops[1:]):
                    if one["within"] == next["within"] == "main":
                        back = next["bottom"] <= one["top"] and next["left"] < one["left"]
                        self.assertFalse(back, f"{next['name']} after {one['name']}")

    def test_shift_tab_walks_back_the_same_way(self):
        screen = self.screen("operator-1")
        page = screen.page
        for path in ["/batches/B-26-004/steps/p4", "/events", "/commands/donor.record-consent"]:
            with self.subTest(path):
                screen.open(path)
                self.at_the_top(page)
                there = [stop["number"] for stop in self.walked(page)]
                page.locator("footer a").last.focus()
                back = [stop["number"] for stop in self.walked(page, "Shift+Tab")]
                last = page.evaluate(
                    "window.stops.indexOf([...document.querySelectorAll('footer a')].pop())")
                self.assertEqual(back, [n for n in reversed([0] + there) if n < last][:len(back)])

    def test_the_skip_link_leads_past_the_rail(self):
        screen = self.screen("operator-1")
        page = screen.page
        screen.open("/batches")
        page.keyboard.press("Tab")
        skip = page.locator("a.skip")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        page.keyboard.press("Tab")
        self.assertEqual(page.evaluate("Boolean(document.activeElement.closest('main'))"), True)

    def test_a_refused_signature_keeps_the_focus_in_its_form(self):
        screen = self.screen("reviewer")
        page = screen.page
        screen.open("/batches/B-26-004/review")
        reject = page.locator("form[action='/commands/batch.reject']")
        page.get_by_text("Reject the batch").first.focus()
        page.keyboard.press("Enter")
        reject.locator("[name=reason]").fill("a trial of the keyboard")
        reject.get_by_label("Password").fill("not the password")
        page.keyboard.press("Enter")
        expect(reject.get_by_role("alert")).to_contain_text("Nothing was recorded")
        expect(reject.get_by_label("Password")).to_be_focused()
        # From the password the next key reaches the button of the same form, and no other.
        page.keyboard.press("Tab")
        self.assertTrue(page.evaluate(
            "document.activeElement.closest('form')?.getAttribute('action')"
            " === '/commands/batch.reject'"))

    def test_the_focus_stays_when_somebody_else_records(self):
        reader, writer = self.screen("inspector"), self.screen("operator-1")
        page = reader.page
        reader.open("/rooms")
        expect(page.locator("#live-state")).to_have_text("live")
        link = page.get_by_role("link", name="ROOM-103").last
        link.focus()
        before = page.locator("body").get_attribute("data-ledger-size")
        writer.open("/commands/environment.record-pressure")
        for field, value in [("room", "ROOM-102"), ("beside", "ROOM-101"), ("difference", "21 Pa")]:
            control = writer.page.locator(f"main [name='{field}']")
            control.fill(value)
        writer.page.locator("main form.form button.primary").click()
        expect(page.locator(f"body:not([data-ledger-size='{before}'])")).to_be_visible()
        expect(page.get_by_role("link", name="ROOM-103").last).to_be_focused()

    def test_the_menu_of_a_person_opens_and_closes_by_keyboard(self):
        screen = self.screen("operator-1")
        page = screen.page
        screen.open("/batches")
        page.locator(".who summary").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="My record")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
        expect(page.locator(".who summary")).to_be_focused()
