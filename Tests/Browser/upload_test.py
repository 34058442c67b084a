"""Files are brought where the work is: read, shown, and recorded only then."""

from playwright.sync_api import expect

from site_under_test import PASSWORD, SiteTest


class UploadTest(SiteTest):
    def test_a_lot_is_released_with_the_certificate_that_was_read(self):
        operator = self.screen("operator-1")
        operator.open("/commands/material.receive")
        page = operator.page
        for label, value in [
            ("Lot", "RM-26-901"), ("Material", "dpbs"), ("Supplier", "qualified supplier"),
            ("Supplier lot", "L-901"), ("Expiry", "2027-06-30"), ("Quantity", "500 mL"),
        ]:
            page.get_by_label(label, exact=True).fill(value)
        page.get_by_role("button", name="Receive").click()
        page.wait_for_url(lambda address: "done=" in address)

        reviewer = self.screen("reviewer")
        reviewer.open("/materials/RM-26-901")
        page = reviewer.page
        release = page.locator("form", has=page.get_by_role("button", name="release the lot"))
        release.get_by_label("Certificate").fill("COA-901")
        release.get_by_label("Document").set_input_files(
            {"name": "coa-901.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 coa 901"})
        release.get_by_role("button", name="release the lot").click()
        # It comes back with what was read, and the lot still stands in quarantine.
        expect(page.get_by_text("nothing is recorded yet")).to_be_visible()
        expect(page.get_by_role("link", name="coa-901.pdf")).to_be_visible()
        expect(page.get_by_text("PDF document")).to_be_visible()
        expect(release.get_by_label("Certificate")).to_have_value("COA-901")
        release.get_by_label("Password").fill(PASSWORD)
        release.get_by_role("button", name="release the lot").click()
        page.wait_for_url(lambda address: "done=" in address)
        expect(page.get_by_role("heading", name="RM-26-901")).to_contain_text("released")
        expect(page.get_by_role("link", name="coa-901.pdf")).to_be_visible()

    def test_what_is_rarely_done_is_behind_a_button_and_found(self):
        reviewer = self.screen("reviewer")
        reviewer.open("/banks/WCS-26-01")
        page = reviewer.page
        menu = page.locator("details.more")
        menu.locator("summary").click()
        expect(menu.get_by_role("link", name="Reject bank")).to_be_visible()
        page.keyboard.press("Escape")
        expect(menu.get_by_role("link", name="Reject bank")).to_be_hidden()
        menu.locator("summary").press("Enter")
        menu.get_by_role("link", name="Open deviation").click()
        expect(page.get_by_label("Subjects")).to_have_value("WCS-26-01")
