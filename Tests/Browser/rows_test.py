"""Lists that are typed in rows: one more row, and what is wrong stands at its field."""

import unittest

from playwright.sync_api import expect

from site_under_test import SiteTest

GOWNING = "/commands/people.assess-gowning"


class RowsTest(SiteTest):
    """Plates of a gowning assessment, with a script and without one."""

    def assess(self, scripts):
        screen = self.screen("analyst", scripts=scripts)
        page = screen.page
        screen.open(GOWNING)
        page.get_by_label("Person").fill("operator-2")
        page.get_by_label("Grade").select_option("C")
        page.get_by_label("Looks right").check()
        rows = page.locator("fieldset.row")
        expect(rows).to_have_count(2)
        sites = ["left-glove", "right-glove", "forearm", "chest", "hood"]
        for number, place in enumerate(sites):
            if number >= rows.count():
                page.get_by_role("button", name="Add another plate").click()
                expect(rows).to_have_count(number + 1)
                # What was typed before is still there, and the new row waits for the hand.
                expect(rows.nth(0).get_by_label("Site")).to_have_value("left-glove")
                expect(rows.nth(number).get_by_label("Site")).to_be_focused()
            rows.nth(number).get_by_label("Site").select_option(place)
            rows.nth(number).get_by_label("Colonies").fill("one" if place == "chest" else "1")
        wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth")
        self.assertLessEqual(wide, 0)
        # Enter records; it asks for no row.
        page.get_by_label("Person").press("Enter")
        expect(rows.nth(3).locator(".problem")).to_contain_text("colonies")
        expect(rows).to_have_count(5)
        expect(page.get_by_label("Person")).to_have_value("operator-2")
        rows.nth(3).get_by_label("Colonies").fill("1")
        page.get_by_role("button", name="Assess gowning").click()
        page.wait_for_url("**/ledger/entries/**")

    def test_a_list_is_typed_in_rows(self):
        self.assess(scripts=True)

    def test_a_list_is_typed_in_rows_without_scripts(self):
        self.assess(scripts=False)


if __name__ == "__main__":
    unittest.main()
