"""What people ask of the records: versions compared, the past, proofs, look-back, storage, papers,
events, files and tokens."""

import csv
import io
import json
import re
import urllib.error
import urllib.request

from playwright.sync_api import expect

from site_under_test import PASSWORD, REPOSITORY, SiteTest

EXAMPLE = REPOSITORY / "Examples" / "uc-msc"


class RecordsTest(SiteTest):
    # Helpers

    def api(self, path, body=None, token=None, method=None):
        """The answer of the API: its status and what it holds."""
        request = urllib.request.Request(
            self.site.address + "/api/v1" + path,
            json.dumps(body).encode() if body is not None else None, method=method)
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        try:
            with urllib.request.urlopen(request, timeout=300) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def recorded(self, page, button):
        """Presses `button` and waits until the page says what was recorded."""
        before = page.locator("body").get_attribute("data-ledger-size")
        button.click()
        expect(page.locator(f"body:not([data-ledger-size='{before}'])")).to_be_visible()
        expect(page.get_by_text("Recorded.", exact=True)).to_be_visible()

    def table(self, screen, link):
        """The rows of the CSV file behind `link`."""
        with screen.page.expect_download() as download:
            link.click()
        return list(csv.DictReader(io.StringIO(download.value.path().read_text())))

    # Reading

    def test_two_versions_of_a_definition_are_compared_part_by_part(self):
        status, session = self.api(
            "/session", {"person": "reviewer", "password": PASSWORD})
        self.assertIn(status, (200, 201))
        files = [
            {"name": path.name, "text": path.read_text()} for path in sorted(EXAMPLE.glob("*.yaml"))
        ]
        for file in files:
            file["text"] = file["text"].replace("target: 17.5 g", "target: 18 g").replace(
                "version: 0.4.0", "version: 0.4.1")
        status, answer = self.api(
            "/commands/definition.register",
            {"with": {"definition": "UCMSC-0.4.1", "files": files}}, session["token"])
        self.assertEqual(status, 201, answer)
        screen = self.screen("reviewer")
        page = screen.page
        screen.open("/definitions/UCMSC-0.4.1")
        page.get_by_role("link", name=re.compile("[Cc]hange")).first.click()
        expect(page.get_by_role("heading", name="What changed")).to_be_visible()
        change = page.get_by_role("row", name=re.compile("17.5 g"))
        expect(change).to_contain_text("changed")
        expect(change).to_contain_text("18 g")

    def test_the_past_is_read_and_not_acted_on(self):
        screen = self.screen("operator-1")
        page = screen.page
        screen.open("/batches/B-26-004/steps/p4")
        expect(page.locator("main form[method=post]").first).to_be_visible()
        entry = int(page.locator("body").get_attribute("data-ledger-size")) - 10
        screen.open(f"/batches/B-26-004/steps/p4?as-of={entry}")
        expect(page.get_by_text(f"the site as it stood before entry {entry}")).to_be_visible()
        self.assertEqual(page.locator("main form[method=post]").count(), 0)

    def test_an_inspector_verifies_the_ledger_and_reads_a_proof(self):
        screen = self.screen("inspector")
        page = screen.page
        screen.open("/ledger")
        page.get_by_role("button", name="Verify now").click()
        expect(page.get_by_text("The ledger is intact.")).to_be_visible()
        screen.open("/audit?q=B-26-003")
        page.locator("main td a[href^='/ledger/entries/']").first.click()
        expect(page.locator("main")).to_contain_text("c2sp.org/tlog-proof@v1")

    def test_a_look_back_names_every_dose_with_its_hospital_and_patient(self):
        screen = self.screen("reviewer")
        page = screen.page
        screen.open("/donors/D-0007")
        page.get_by_role("link", name="Look-back").click()
        expect(page.get_by_role("heading", name="Recall list")).to_be_visible()
        rows = self.table(screen, page.get_by_role("link", name="CSV"))
        given = [row for row in rows if row["patient"] == "PT-4471"]
        self.assertEqual(len(given), 2)
        for row in given:
            self.assertIn("haematology", row["hospital"])
            self.assertTrue(row["shipment"])
        self.assertGreater(len([row for row in rows if row["place"]]), 20)

    def test_the_freezer_map_leads_from_the_unit_to_a_container(self):
        screen = self.screen("operator-1")
        page = screen.page
        screen.open("/storage")
        for _ in range(6):
            tiles = page.locator(".picture svg a[href*='/storage?at=']")
            if tiles.count() == 0:
                break
            tiles.first.click()
            page.wait_for_load_state()
        expect(page.get_by_role("navigation", name="Where this place is")).to_be_visible()
        page.locator("main td a[href^='/containers/']").first.click()
        expect(page.get_by_text("Disposition").first).to_be_visible()

    def test_the_room_plan_leads_to_a_room_and_its_air(self):
        screen = self.screen("operator-2")
        page = screen.page
        screen.open("/environment")
        page.locator(".picture svg a[href='/rooms/ROOM-102']").first.click()
        expect(page.get_by_role("heading", name="ROOM-102")).to_be_visible()
        expect(page.locator("main svg").first).to_be_visible()

    def test_a_result_leads_to_its_method_its_trend_and_its_entry(self):
        screen = self.screen("analyst")
        page = screen.page
        screen.open("/testing?q=B-26-003+sterility")
        page.get_by_role("link", name="sterility", exact=True).click()
        expect(page.get_by_text("Version of the method")).to_be_visible()
        expect(page.get_by_role("link", name="Trend", exact=True)).to_be_visible()
        page.locator("main td a[href^='/ledger/entries/']").first.click()
        expect(page.locator("main")).to_contain_text("testing.result-recorded")

    def test_a_quality_review_is_drawn_up_and_printed(self):
        screen = self.screen("reviewer")
        page = screen.page
        screen.open("/quality-reviews")
        page.get_by_label("From").fill("2026-01-01")
        page.get_by_label("To").fill("2026-07-10")
        page.get_by_role("button", name="Draw up the review").click()
        expect(page.get_by_role("heading", name="Quality review of UCMSC-IV")).to_be_visible()
        self.assertEqual(page.locator("main .panel h2").count(), 13)
        with page.expect_download() as download:
            page.get_by_role("link", name="PDF").click()
        self.assertEqual(download.value.path().read_bytes()[:5], b"%PDF-")

    # Recording

    def test_an_event_is_followed_from_its_opening_to_its_corrective_action(self):
        operator, reviewer = self.screen("operator-1"), self.screen("reviewer")
        page = operator.page
        operator.open("/commands/deviation.open")
        page.get_by_label("Description").fill("the incubator beeped")
        self.recorded(page, page.get_by_role("button", name="Open"))
        operator.open("/events?q=beeped")
        event = page.locator("main td a").first.text_content()
        # Whoever opened it does not close it.
        operator.open(f"/events/{event}")
        expect(page.get_by_role("button", name="Sign and close")).to_have_count(0)
        page = reviewer.page
        reviewer.open(f"/events/{event}")
        page.get_by_role("link", name="Classify").click()
        page.get_by_label("Grade").select_option("minor")
        page.get_by_label("Reason").fill("no product was in it")
        self.recorded(page, page.locator("main form.form button.primary"))
        page.get_by_role("link", name=re.compile("^Open")).first.click()
        page.locator("main [name=capa]").fill("CAPA-26-900")
        for name, value in {
            "action": "service the incubator", "owner": "supervisor", "due": "2027-01-31",
            "effectMeasure": "no alarm in three months",
        }.items():
            page.locator(f"main [name={name}]").fill(value)
        self.recorded(page, page.locator("main form.form button.primary"))
        reviewer.open(f"/events/{event}")
        page.get_by_role("link", name="CAPA-26-900").click()
        expect(page.get_by_text("service the incubator")).to_be_visible()
        expect(page.get_by_role("link", name=event)).to_be_visible()

    def test_a_token_lives_from_its_issue_to_its_revocation(self):
        screen = self.screen("admin")
        page = screen.page
        screen.open("/tokens")
        for label, value in {
            "Number of the token": "TOK-900", "Used by": "particle counter",
            "Records as": "operator-2", "Last day": "2027-06-30",
        }.items():
            page.get_by_label(label).fill(value)
        page.get_by_label("monitor").check()
        page.get_by_role("button", name="Issue the token").click()
        secret = page.locator("#secret").text_content().strip()
        # It is shown this once.
        screen.open("/tokens")
        self.assertNotIn(secret, page.content())
        sample = {
            "with": {
                "room": "ROOM-102", "beside": "ROOM-101", "difference": "17 Pa",
            }
        }
        status, answer = self.api("/commands/environment.record-pressure", sample, secret)
        self.assertEqual(status, 201, answer)
        status, _ = self.api("/commands/deviation.open", {"with": {"description": "x"}}, secret)
        self.assertEqual(status, 403)
        page.get_by_role("row", name=re.compile("TOK-900")).get_by_role("link").last.click()
        reason = page.locator("main [name=reason]")
        if reason.count():
            reason.fill("the counter was replaced")
        page.locator("main form.form button.primary").click()
        expect(page.get_by_role("row", name=re.compile("TOK-900"))).to_contain_text("revoked")
        status, _ = self.api("/commands/environment.record-pressure", sample, secret)
        self.assertEqual(status, 401)
