"""From the door to the certificate: sign in, see the site, work on a step, follow the material."""

import pathlib
import re
import subprocess
import tempfile

from playwright.sync_api import expect

from site_under_test import PASSWORD, PROGRAM, SiteTest

STEP = "/batches/B-26-004/steps/p4"


class ThreadTest(SiteTest):
    def test_walk(self):
        self.sees_the_site_and_the_batch()
        self.enters_values_and_signs()
        self.second_person_verifies_on_the_same_screen()
        self.follows_the_material()
        self.reads_and_verifies_the_certificate()

    def sees_the_site_and_the_batch(self):
        self.operator = self.screen("operator-1")
        page = self.operator.page
        expect(page.get_by_role("heading", name="Today")).to_be_visible()
        expect(page.get_by_role("group", name=re.compile("Batches of the site"))).to_be_visible()
        page.get_by_role("navigation", name="Site").get_by_role("link", name="Batches").click()
        page.get_by_role("link", name="B-26-004").click()
        expect(page.get_by_role("heading", name="B-26-004")).to_be_visible()
        page.get_by_role("link", name=re.compile("^Go to culture, passage 4")).click()
        self.assertEqual(self.operator.path(), STEP)

    def enters_values_and_signs(self):
        page = self.operator.page
        self.operator.open(STEP)
        # Judged while it is typed, before anything is sent.
        time = page.get_by_label("culture time")
        verdict = page.locator(".field", has=time).locator(".verdict")
        time.fill("12")
        expect(verdict).to_have_text("outside proven range")
        time.fill("5.5")
        expect(verdict).to_have_text("in range")
        page.get_by_label("glucose before a feed").fill("3")
        page.get_by_label("lactate before a feed").fill("eight")
        page.get_by_label("confluence by image").fill("85 %")
        page.get_by_label("sterility of the spent medium").fill("no growth")
        page.get_by_label("mycoplasma of cells and spent medium").fill("not detected")
        page.get_by_role("button", name="Record").click()
        # What is refused stays in its field with the reason; the rest is recorded.
        expect(page.locator(".problem")).to_contain_text("eight")
        expect(page.get_by_label("lactate before a feed")).to_have_value("eight")
        expect(page.get_by_role("cell", name="culture time")).to_be_visible()
        page.get_by_label("lactate before a feed").fill("8")
        page.get_by_role("button", name="Record").click()
        # The page before this one said "Recorded." of the other values: wait for this value.
        expect(page.get_by_role("cell", name="lactate before a feed")).to_be_visible()
        expect(page.locator(".problem")).to_have_count(0)
        expect(page.get_by_text("Recorded.", exact=True)).to_be_visible()

        page.get_by_label("Password").fill("a wrong password")
        page.get_by_role("button", name="Sign and complete").click()
        # The form answers where it was asked: the step is still in sight.
        expect(page.locator(".form [role=alert]")).to_contain_text("Nothing was recorded")
        self.assertTrue(self.operator.path().startswith(STEP))
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign and complete").click()
        expect(page.get_by_role("button", name="Sign and complete")).to_have_count(0)
        expect(page.get_by_text("Recorded.", exact=True)).to_be_visible()

    def second_person_verifies_on_the_same_screen(self):
        page = self.operator.page
        if page.get_by_role("button", name="Sign and verify").count() == 0:
            return
        page.get_by_label("Second person").fill("operator-2")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign and verify").click()
        expect(page.get_by_text("Verified by")).to_be_visible()
        expect(page.get_by_text("Second operator").first).to_be_visible()

    def follows_the_material(self):
        page = self.operator.page
        self.operator.open("/batches/B-26-003")
        page.get_by_role("link", name="Genealogy").click()
        picture = page.locator(".picture svg")
        expect(picture).to_be_visible()
        expect(picture.locator("desc")).to_contain_text("donor")
        picture.get_by_role("link", name=re.compile("donor D-0007")).click()
        expect(page.get_by_role("heading", name="Genealogy of D-0007")).to_be_visible()
        patient = page.locator(".picture svg").get_by_role("link", name=re.compile("^patient PT-4471"))
        expect(patient).to_have_count(1)

    def reads_and_verifies_the_certificate(self):
        qp = self.screen("qp")
        page = qp.page
        qp.open("/batches/B-26-003")
        page.get_by_role("link", name="Certificate", exact=True).click()
        expect(page.get_by_role("heading", name="Batch certificate")).to_be_visible()
        expect(page.get_by_role("cell", name="viability after thawing")).to_be_visible()
        page.get_by_role("link", name="Verify it").click()
        expect(page.get_by_text("The certificate is valid.")).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("link", name="Download the file").click()
        key = page.locator(".sheet pre").first.text_content().strip()
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "certificate.json")
            download.value.save_as(file)
            checked = subprocess.run(
                [PROGRAM, "verify-certificate", str(file), "--key", key],
                capture_output=True, text=True)
            self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)


class WithoutScriptsTest(SiteTest):
    def test_a_step_is_done_without_scripts(self):
        screen = self.screen("operator-2", scripts=False)
        page = screen.page
        screen.open(STEP)
        page.get_by_label("culture time").fill("5.5")
        page.get_by_label("glucose before a feed").fill("3")
        page.get_by_label("lactate before a feed").fill("8")
        page.get_by_label("confluence by image").fill("85 %")
        page.get_by_label("sterility of the spent medium").fill("no growth")
        page.get_by_label("mycoplasma of cells and spent medium").fill("not detected")
        page.get_by_role("button", name="Record").click()
        expect(page.get_by_role("cell", name="lactate before a feed")).to_be_visible()
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign and complete").click()
        expect(page.get_by_role("button", name="Sign and complete")).to_have_count(0)
        expect(page.get_by_text("Recorded.", exact=True)).to_be_visible()


class KeyboardTest(SiteTest):
    def test_signs_in_and_finds_a_batch_by_keyboard_alone(self):
        screen = self.screen()
        page = screen.page
        screen.open("/sign-in")
        expect(page.get_by_label("Identifier")).to_be_focused()
        page.keyboard.type("operator-1")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Today")).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.get_by_text("Skip to the content")).to_be_focused()
        # A scanner types and sends Enter.
        page.keyboard.press("/")
        page.keyboard.type("B-26-004\n")
        expect(page.get_by_role("heading", name="B-26-004")).to_be_visible()


    def test_records_and_signs_a_step_by_keyboard_alone(self):
        screen = self.screen("operator-1")
        page = screen.page
        screen.open(STEP)
        values = {
            "culture time": "5.5", "glucose before a feed": "3", "lactate before a feed": "8",
            "confluence by image": "85 %", "sterility of the spent medium": "no growth",
            "mycoplasma of cells and spent medium": "not detected",
        }
        for name, value in values.items():
            self.reach(page, page.get_by_label(name))
            page.keyboard.type(value)
        page.keyboard.press("Enter")
        expect(page.get_by_role("cell", name="lactate before a feed")).to_be_visible()
        self.reach(page, page.get_by_label("Password"))
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_text("Performed by")).to_be_visible()

    def reach(self, page, field):
        """Tabs to `field`, as somebody without a pointer does."""
        for _ in range(200):
            if field.evaluate("e => e === document.activeElement"):
                return
            page.keyboard.press("Tab")
        self.fail("the field is not reached by Tab")


class TwoScreensTest(SiteTest):
    def test_what_one_records_the_other_sees(self):
        watcher = self.screen("supervisor")
        watcher.open("/events")
        expect(watcher.page.get_by_text("live", exact=True)).to_be_visible()
        worker = self.screen("operator-1")
        worker.open("/commands/deviation.open")
        worker.page.get_by_label("Description").fill("a door stood open")
        worker.page.get_by_role("button", name="Open").click()
        expect(worker.page.get_by_text("a door stood open", exact=True)).to_be_visible()
        expect(watcher.page.get_by_text("a door stood open")).to_be_visible()

    def test_a_page_that_is_being_typed_on_is_left_alone(self):
        typing = self.screen("operator-2")
        typing.open("/commands/deviation.open")
        expect(typing.page.get_by_text("live", exact=True)).to_be_visible()
        typing.page.get_by_label("Description").fill("half a sen")
        worker = self.screen("operator-1")
        worker.open("/commands/deviation.open")
        worker.page.get_by_label("Description").fill("something else")
        worker.page.get_by_role("button", name="Open").click()
        expect(worker.page.get_by_text("something else", exact=True)).to_be_visible()
        expect(typing.page.get_by_text("Something new was recorded.")).to_be_visible()
        expect(typing.page.get_by_label("Description")).to_have_value("half a sen")


    def test_two_operators_work_on_one_step_at_once(self):
        first, second = self.screen("operator-1"), self.screen("operator-2")
        for screen in (first, second):
            screen.open(STEP)
            expect(screen.page.get_by_text("live", exact=True)).to_be_visible()
        # Both type before either sends; each value is recorded once, by the one who typed it.
        first.page.get_by_label("culture time").fill("5.5")
        second.page.get_by_label("glucose before a feed").fill("3")
        first.page.get_by_role("button", name="Record", exact=True).click()
        expect(first.page.get_by_role("cell", name="culture time")).to_be_visible()
        expect(second.page.get_by_text("Something new was recorded.")).to_be_visible()
        expect(second.page.get_by_label("glucose before a feed")).to_have_value("3")
        second.page.get_by_role("button", name="Record", exact=True).click()
        for screen in (first, second):
            expect(screen.page.get_by_role("cell", name="culture time")).to_have_count(1)
            expect(screen.page.get_by_role("cell", name="glucose before a feed")).to_have_count(1)

    def test_what_is_unfolded_stays_so_when_the_page_is_read_again(self):
        watcher = self.screen("supervisor")
        watcher.open("/batches/B-26-004")
        expect(watcher.page.get_by_text("live", exact=True)).to_be_visible()
        record = watcher.page.locator("details", has_text="Whole record")
        record.locator("summary").click()
        expect(record).to_have_attribute("open", "")
        worker = self.screen("operator-1")
        worker.open("/commands/deviation.open")
        worker.page.get_by_label("Batch").fill("B-26-004")
        worker.page.get_by_label("Description").fill("a drop on the bench")
        worker.page.get_by_role("button", name="Open").click()
        expect(worker.page.get_by_text("a drop on the bench", exact=True)).to_be_visible()
        expect(watcher.page.get_by_text("a drop on the bench").first).to_be_visible()
        expect(record).to_have_attribute("open", "")


class LostConnectionTest(SiteTest):
    def test_an_entry_outlives_the_connection(self):
        screen = self.screen("operator-1")
        page = screen.page
        screen.open(STEP)
        page.get_by_label("culture time").fill("5.5")
        screen.context.set_offline(True)
        page.get_by_role("button", name="Record").click()
        expect(page.get_by_text("No connection.")).to_be_visible()
        expect(page.get_by_label("culture time")).to_have_value("5.5")
        screen.context.set_offline(False)
        # Even a reload keeps what was typed, and the values are sent once.
        page.reload()
        expect(page.get_by_label("culture time")).to_have_value("5.5")
        page.get_by_role("button", name="Record").click()
        # The live update shows the value too, so the answer to the click is waited for first.
        page.wait_for_url(lambda address: "done=" in address)
        expect(page.get_by_role("cell", name="culture time")).to_have_count(1)
        self.complaints_of_the_cut_are_expected(screen)

    def complaints_of_the_cut_are_expected(self, screen):
        screen.complaints = [text for text in screen.complaints if "ERR_INTERNET" not in text]


class RightsTest(SiteTest):
    def test_an_operator_meets_no_certification(self):
        screen = self.screen("operator-1")
        page = screen.page
        screen.open("/commands/batch.certify")
        expect(page.get_by_text("You may not do this.")).to_be_visible()
        expect(page.get_by_label("Password")).to_have_count(0)
        # The pages of the decision are read and not acted on.
        screen.open("/batches/B-26-003/review")
        expect(page.get_by_role("heading", name="Points of the Qualified Person")).to_be_visible()
        expect(page.get_by_role("button", name="Certify the batch")).to_have_count(0)
        expect(page.get_by_role("button", name="Sign the answers")).to_have_count(0)

    def test_a_stranger_is_led_to_the_door_and_back(self):
        screen = self.screen()
        screen.open("/banks?q=WCS")
        page = screen.page
        page.get_by_label("Identifier").fill("inspector")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="Cell banks")).to_be_visible()
        self.assertEqual(screen.path(), "/banks?q=WCS")
