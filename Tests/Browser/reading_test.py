"""Can it be read: names of controls, contrast, room on a tablet and a phone, one page on paper."""

from site_under_test import SiteTest

PAGES = [
    "/", "/batches", "/batches/B-26-003", "/batches/B-26-004/steps/p4",
    "/batches/B-26-003/certificate", "/genealogy/B-26-003", "/banks", "/banks/WCS-26-01",
    "/donors/D-0008", "/materials/RM-26-001", "/definitions/UCMSC-0.4.0", "/testing", "/events",
    "/events/DEV-0002", "/orders/O-26-001", "/patients/PT-4471", "/people", "/audit", "/ledger",
    "/commands", "/commands/donor.record-consent",
    "/due", "/methods", "/methods/viability", "/rejections", "/trends",
    "/trends/UCMSC-0.4.0/spec-product/viability-after-thawing", "/storage",
    "/samples", "/environment", "/environment/trends/ROOM-102/active-air",
    "/environment/samples/EM-26-018", "/rooms", "/rooms/ROOM-102", "/equipment",
    "/equipment/ISO-01", "/simulations", "/simulations/APS-001", "/shipments", "/studies",
    "/organisations", "/organisations/SUP-01", "/training", "/tokens", "/files", "/rules",
    "/rules/open-step-grade-a", "/definitions/UCMSC-0.4.0/text?file=process.yaml",
    "/definitions/UCMSC-0.4.0/changes", "/batches/B-26-003/review", "/batches/B-26-004/review",
    "/quality-reviews", "/quality-reviews/UCMSC-IV.2026-01-01.2026-07-10",
    "/testing/B-26-003/sterility", "/shipments/S-26-001", "/containers/B-26-003-001",
    "/papers/B-26-003", "/obligations", "/self-inspections", "/meetings", "/system-checks",
    "/definitions",
    "/planning", "/planning/UCMSC-0.4.0", "/planning/UCMSC-0.4.0?patients=100000",
    "/planning/UCMSC-0.4.0/learning",
]

# Controls and links without an accessible name.
NAMELESS = """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
  .filter(e => e.type !== 'hidden' && e.offsetParent !== null)
  .filter(e => !(e.textContent.trim() || e.getAttribute('aria-label') || e.title
    || (e.labels && [...e.labels].some(l => l.textContent.trim()))))
  .map(e => e.outerHTML.slice(0, 120))"""

# Texts whose contrast with their ground is under 4.5 : 1 (WCAG 2.2, 1.4.3).
FAINT = """() => {
  const channels = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const over = (top, below) => top.slice(0, 3).map((v, i) => v * (top[3] ?? 1) + below[i] * (1 - (top[3] ?? 1)));
  const ground = e => {
    const layers = [];
    for (let x = e; x; x = x.parentElement) layers.push(channels(getComputedStyle(x).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const faint = new Set();
  for (const e of document.querySelectorAll('body *')) {
    if (e.closest('svg') || !e.getClientRects().length || e.closest('.unseen, .skip')) continue;
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    const below = ground(e), ink = over(channels(getComputedStyle(e).color), below);
    const [a, b] = [luminance(ink), luminance(below)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) faint.add(`${e.className || e.tagName} ${ratio.toFixed(2)} "${e.textContent.trim().slice(0, 30)}"`);
  }
  return [...faint];
}"""

# Targets smaller than 24 by 24 CSS pixels that are no part of a sentence (WCAG 2.2, 2.5.8).
SMALL = """() => [...document.querySelectorAll('button, input, select, textarea, summary')]
  .filter(e => e.type !== 'hidden' && e.offsetParent !== null)
  .filter(e => { const r = e.getBoundingClientRect(); return r.width < 22 || r.height < 22; })
  .map(e => e.outerHTML.slice(0, 120))"""


class ReadingTest(SiteTest):
    def each_page(self, look, **options):
        screen = self.screen("operator-1", **options)
        for path in PAGES:
            with self.subTest(path):
                answer = screen.open(path)
                self.assertEqual(answer.status, 200)
                look(screen.page)

    def test_every_control_has_a_name_and_is_large_enough(self):
        def look(page):
            self.assertEqual(page.evaluate(NAMELESS), [])
            self.assertEqual(page.evaluate(SMALL), [])
        self.each_page(look)

    def test_every_text_stands_out_from_its_ground(self):
        self.each_page(lambda page: self.assertEqual(page.evaluate(FAINT), []))

    def test_no_page_is_wider_than_the_screen(self):
        for width, height in [(1024, 768), (768, 1024), (390, 844)]:
            def look(page):
                wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                self.assertLessEqual(wide, 0, f"at {width}")
            self.each_page(look, viewport={"width": width, "height": height})

    def test_lists_are_read_on_a_tablet_without_scrolling_sideways(self):
        # The expectations of the field, with their weight in each phase, need a desk.
        desk = ("/rules", "/definitions/UCMSC-0.4.0/text?file=process.yaml")
        for width, height in [(1024, 768), (768, 1024)]:
            def look(page):
                path = page.url.removeprefix(self.site.address)
                if path in desk or path.startswith("/planning"):
                    return
                wide = page.evaluate('''() => [...document.querySelectorAll('.wide')]
                  .filter(e => e.scrollWidth > e.clientWidth + 1)
                  .map(e => `${e.getAttribute('aria-label')} ${e.scrollWidth} > ${e.clientWidth}`)''')
                self.assertEqual(wide, [], f"at {width}")
            self.each_page(look, viewport={"width": width, "height": height})

    def test_nothing_is_cut_off_on_paper(self):
        # The breadth of a sheet of A4 between its margins, in CSS pixels.
        def look(page):
            cut = page.evaluate('''() => [...document.querySelectorAll('main table, main svg')]
              .filter(e => e.getClientRects().length)
              .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
              .map(e => `${e.tagName} ${Math.round(e.getBoundingClientRect().right)}`)''')
            self.assertEqual(cut, [])
        screen = self.screen("reviewer", viewport={"width": 680, "height": 960})
        screen.page.emulate_media(media="print")
        for path in PAGES:
            with self.subTest(path):
                self.assertEqual(screen.open(path).status, 200)
                look(screen.page)

    def test_headings_go_down_one_at_a_time(self):
        def look(page):
            levels = page.evaluate(
                "[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))")
            self.assertEqual(levels[0], 1)
            for above, below in zip(levels, levels[1:]):
                self.assertLessEqual(below - above, 1)
        self.each_page(look)
