"""A batch from its order to its certificate, each person at a screen of their own.

What is typed are the values of the batch before, as the scenario of the demonstration holds them.
"""

import json
import re
from datetime import datetime, timedelta

from playwright.sync_api import expect

from site_under_test import PASSWORD, REPOSITORY, SiteTest

SCENARIO = REPOSITORY / "Examples" / "uc-msc" / "first-batches.jsonl"
MODEL, BATCH = "B-26-003", "B-26-004"
# The lot of freezing solution that each is filled with.
PREPARED = {MODEL: "FS-26-003", BATCH: "FS-26-004"}
# The steps that are still to be done when the scenario ends.
STEPS = ["p4", "harvest-4", "wash", "fill", "freeze"]


def model_lines():
    """What was done on the batch before, in its order, from the step on that is in work now."""
    lines = [
        json.loads(line) for line in SCENARIO.read_text().splitlines()
        if line.startswith("{\"at\"")
    ]
    return [line for line in lines if "expect" not in line]


class WholeBatchTest(SiteTest):
    """One batch, six people: supervisor, two operators, analyst, reviewer, Qualified Person."""

    def test_from_the_order_to_the_certificate(self):
        self.lines = model_lines()
        people = ["supervisor", "operator-1", "operator-2", "analyst", "reviewer", "qp"]
        self.at = {person: self.screen(person) for person in people}
        self.is_ordered()
        for step in STEPS:
            if step == "fill":
                self.solution_is_prepared()
            self.is_done(step)
        self.air_is_monitored()
        self.is_completed()
        self.is_tested()
        self.is_reviewed()
        self.is_certified()

    # Helpers for pages

    def command(self, person, name, /, **fields):
        """Gives a command by its own form, as a person at a screen does."""
        screen = self.at[person]
        screen.open(f"/commands/{name}")
        page = screen.page
        for field, value in self.single(fields).items():
            control = page.locator(f"main [name='{field}']")
            if "." in field and control.count() == 0:
                # One row more of the list it stands in.
                page.locator(f"main button[name='add-row'][value='{field.split('.')[0]}']").click()
                expect(control).to_be_visible()
            if isinstance(value, bool):
                control.set_checked(value)
            elif control.first.evaluate("e => e.tagName") == "SELECT":
                control.select_option(value)
            else:
                control.fill(str(value))
        password = page.locator("main form.form").get_by_label("Password")
        if password.count():
            password.fill(PASSWORD)
        self.sent(page, page.locator("main form.form button.primary"))

    def single(self, fields):
        """`fields` as a form shows them: a list of words in lines, one of objects in rows."""
        single = {}
        for field, value in fields.items():
            if not isinstance(value, list):
                single[field] = value
            elif all(isinstance(item, str) for item in value):
                single[field] = "\n".join(value)
            else:
                for row, item in enumerate(value):
                    single |= {f"{field}.{row}.{name}": held for name, held in item.items()}
        return single

    def sent(self, page, button):
        """Presses `button` and waits until the page says what was recorded."""
        before = page.locator("body").get_attribute("data-ledger-size")
        button.click()
        expect(page.locator(f"body:not([data-ledger-size='{before}'])")).to_be_visible()
        expect(page.get_by_text("Recorded.", exact=True)).to_be_visible()

    def of(self, command, step=None):
        """The model's commands of a kind, of one step where a step is named."""
        return [
            line["with"] for line in self.lines
            if line["do"] == command and line["with"].get("batch") == MODEL
            and (step is None or line["with"].get("step") == step)
        ]

    # The order

    def is_ordered(self):
        self.command("supervisor", "patient.register", patient="PT-5512")
        self.command(
            "supervisor", "order.place", order="O-26-002", patient="PT-5512",
            hospital="university hospital, haematology", definition="UCMSC-0.4.0", containers=2,
            trial="trial-1")
        self.at["supervisor"].open("/orders")
        expect(self.at["supervisor"].page.get_by_role("link", name="O-26-002")).to_be_visible()

    # What is prepared on the day

    def solution_is_prepared(self):
        """Freezing solution keeps for a day: a batch gets its own, checked and released."""
        preparation = next(
            line["with"] for line in self.lines
            if line["do"] == "material.prepare" and line["with"]["lot"] == PREPARED[MODEL])
        self.at["operator-1"].open("/")
        now = self.at["operator-1"].page.locator("body").get_attribute("data-now")
        tomorrow = (datetime.fromisoformat(now) + timedelta(days=1)).date().isoformat()
        lot = PREPARED[BATCH]
        self.command(
            "operator-1", "material.prepare",
            **{**preparation, "lot": lot, "expiry": tomorrow})
        self.command("operator-2", "material.check-preparation", lot=lot)
        self.command("reviewer", "material.release", lot=lot, certificate=f"PR-{lot}")

    # Execution

    def is_done(self, step):
        operator = self.at["operator-1"]
        page = operator.page
        path = f"/batches/{BATCH}/steps/{step}"
        operator.open(path)
        if step == "wash":
            # What the harvest gave may wait so long, and the clock runs down.
            clock = page.locator(".clock[data-until]")
            expect(clock).to_contain_text("left")
            shown = clock.text_content()
            expect(clock).not_to_have_text(shown)
        if step != "p4":
            if step == "harvest-4":
                self.command(
                    "operator-1", "equipment.test-gloves", equipment="ISO-01", point="start",
                    method="pressure decay", isIntact=True)
            for clearance in self.of("batch.clear-line", step):
                self.command(
                    "operator-1", "batch.clear-line", batch=BATCH, step=step,
                    room=clearance["room"])
            operator.open(path)
            self.sent(page, page.get_by_role("button", name=re.compile("^Start ")))
        if step == "harvest-4":
            self.scans_the_equipment(page)
            self.stops_a_time(page)
        self.scans_the_lots(page, step)
        self.enters_the_values(page, step)
        for count in self.of("batch.record-count", step):
            form = page.locator("form[action='/commands/batch.record-count']")
            if not form.is_visible():
                page.get_by_text("Enter a count").click()
            form.locator("[name=point]").select_option(count["point"])
            form.locator("[name=concentrations]").fill("\n".join(count["concentrations"]))
            form.locator("[name=viability]").fill(count["viability"])
            form.locator("[name=volume]").fill(count["volume"])
            self.sent(page, form.get_by_role("button"))
            expect(page.get_by_text("viable cells", exact=False).first).to_be_visible()
        page.get_by_label("Password").fill(PASSWORD)
        self.sent(page, page.get_by_role("button", name="Sign and complete"))
        if step == "fill":
            self.command(
                "operator-1", "equipment.test-gloves", equipment="ISO-01", point="end",
                method="pressure decay", isIntact=True)
        if self.of("batch.verify-step", step):
            second = self.at["operator-2"]
            second.open(path)
            second.page.get_by_label("Password").fill(PASSWORD)
            self.sent(second.page, second.page.get_by_role("button", name="Sign and verify"))

    def scans_the_equipment(self, page):
        """The right piece is confirmed, what does not belong to the step is refused."""
        scan = page.get_by_label("Scan", exact=True)
        scan.fill("ISO-01")
        scan.press("Enter")
        expect(page.get_by_text("ISO-01 is what the step was started with.")).to_be_visible()
        scan.fill("WCS-26-01")
        scan.press("Enter")
        expect(page.locator(".problem")).to_contain_text("WCS-26-01")
        expect(scan).to_have_value("WCS-26-01")
        scan.fill("")

    def stops_a_time(self, page):
        """A stopwatch beside a time fills its field when it is stopped."""
        watch = page.locator(".stopwatch").first
        field = page.locator(".entry", has=page.locator(".stopwatch")).first.locator("input")
        watch.get_by_role("button").click()
        expect(watch.get_by_role("button")).to_have_text("Stop")
        expect(watch.locator("output")).to_have_text(re.compile(r"^0:00:0[1-9]$"))
        watch.get_by_role("button").click()
        expect(field).to_have_value(re.compile(r"^[0-9.]+$"))

    def scans_the_lots(self, page, step):
        """Each lot is scanned: the code chooses it, and the planned quantity stands beside it."""
        lots = self.of("batch.consume-material", step)
        if not lots:
            return
        for use in lots:
            lot = PREPARED[BATCH] if use["lot"] == PREPARED[MODEL] else use["lot"]
            page.get_by_label("Scan", exact=True).fill(lot)
            page.get_by_label("Scan", exact=True).press("Enter")
            expect(page.get_by_label("Scan", exact=True)).to_have_value("")
            chosen = page.locator("select[name^='lot-']").evaluate_all(
                "all => all.filter(e => e.value).map(e => [e.name, e.value])")
            name = next(field for field, value in chosen if value == lot)
            page.locator(f"[name='{name.replace('lot-', 'quantity-', 1)}']").fill(use["quantity"])

    def enters_the_values(self, page, step):
        for command, kind, key in [
            ("batch.record-parameter", "parameter", "value"),
            ("batch.record-check", "check", "observation"),
        ]:
            for line in self.of(command, step):
                field = page.locator(f"main [name='{kind}-{line[kind]}']")
                if field.count():
                    field.fill(line[key])
        for fill in self.of("batch.fill", step):
            page.locator("main [name='count']").fill(str(fill["count"]))
            page.locator("main [name='place']").fill(fill["place"])
        self.sent(page, page.get_by_role("button", name="Record", exact=True))

    # The air around the open steps

    def air_is_monitored(self):
        """The particle counts of the time of the open steps, brought as a file and imported."""
        screen = self.at["operator-2"]
        page = screen.page
        screen.open("/files")
        page.get_by_label("File").set_input_files(
            files=[{
                "name": "particles.csv", "mimeType": "text/csv",
                "buffer": b"time,half,five\n2026-07-10T09:00:00Z,12,0\n",
            }])
        page.get_by_role("button", name="Keep the file").click()
        expect(page.get_by_text(re.compile("^Kept"))).to_be_visible()
        digest = page.locator("dd code").text_content().strip()
        times = self.times_of_open_steps(screen)
        self.command(
            "operator-2", "environment.import-particle-series", place="ISO-01",
            state="in-operation", **{"from": times[0], "to": times[1]}, flow="28.3 L/min",
            samples=30, halfMicrometreMax=210, fiveMicrometresMax=0, file=digest)
        # The points of the sampling plan, as the session before was sampled.
        taken = [line for line in self.lines if line["do"] == "environment.take-sample"]
        session = taken[-1]["at"][:10]
        prefix, last = max(line["with"]["sample"] for line in taken).rsplit("-", 1)
        points = [line["with"] for line in taken if line["at"].startswith(session)]
        for number, point in enumerate(points, start=int(last) + 1):
            sample = f"{prefix}-{number:03d}"
            self.command("operator-2", "environment.take-sample", **{**point, "sample": sample})
            self.command("analyst", "environment.read-sample", sample=sample, colonies=0)

    def times_of_open_steps(self, screen):
        """From before the first of the open steps to now, by the clock of the site."""
        screen.open(f"/batches/{BATCH}/steps/harvest-4")
        now = screen.page.locator("body").get_attribute("data-now")
        started = screen.page.locator("main").text_content()
        day = re.search(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d)", started)
        return f"{day[1]}T{day[2]}:00.000Z", now

    # After execution

    def is_completed(self):
        supervisor = self.at["supervisor"]
        supervisor.open(f"/batches/{BATCH}")
        supervisor.page.get_by_label("Password").fill(PASSWORD)
        self.sent(
            supervisor.page, supervisor.page.get_by_role("button", name="Complete the batch"))

    def is_tested(self):
        for result in self.of("testing.record-result"):
            self.command("analyst", "testing.record-result", **{**result, "batch": BATCH})

    def is_reviewed(self):
        reviewer = self.at["reviewer"]
        page = reviewer.page
        # Events have records of their own; the reviewer closes those nobody of production may.
        reviewer.open(f"/batches/{BATCH}/review")
        events = page.locator(".exceptions a[href^='/events/']").evaluate_all(
            "all => all.map(e => e.getAttribute('href'))")
        for event in events:
            reviewer.open(event)
            if page.get_by_role("button", name="Sign and close").count() == 0:
                continue
            page.get_by_label("Root cause").fill("a door that did not latch")
            page.get_by_label("Impact").fill("none: every value stayed in its range")
            page.get_by_label("Disposition").select_option("acceptable")
            page.get_by_label("Password").fill(PASSWORD)
            self.sent(page, page.get_by_role("button", name="Sign and close"))
        # Corrections are decided on the spot.
        reviewer.open(f"/batches/{BATCH}/review")
        decide = page.locator("form[action='/commands/batch.dispose-exception']")
        while (left := decide.count()) > 0:
            page.locator(".exceptions summary").first.click()
            form = decide.first
            form.locator("[name=disposition]").select_option("acceptable")
            form.locator("[name=reason]").fill("the right display was read, both values in range")
            self.sent(page, form.get_by_role("button", name="Record the decision"))
            expect(decide).to_have_count(left - 1)
        form = page.locator("form[action='/commands/batch.review']")
        form.get_by_label("Password").fill(PASSWORD)
        self.sent(page, form.get_by_role("button", name="Sign the review"))

    def is_certified(self):
        qp = self.at["qp"]
        page = qp.page
        qp.open(f"/batches/{BATCH}/review")
        points = page.locator("form[action='/commands/batch.confirm-points']")
        for tick in points.locator("[type=checkbox]").all():
            tick.check()
        points.locator("[name=evidence]").fill("audit file and agreements, as of this day")
        points.get_by_label("Password").fill(PASSWORD)
        self.sent(page, points.get_by_role("button", name="Sign the answers"))
        certify = page.locator("form[action='/commands/batch.certify']")
        # A wrong password certifies nothing, and the form says so where it stands.
        certify.get_by_label("Password").fill("not the password")
        certify.get_by_role("button", name="Certify the batch").click()
        expect(certify.get_by_role("alert")).to_contain_text("Nothing was recorded")
        certify.get_by_label("Password").fill(PASSWORD)
        self.sent(page, certify.get_by_role("button", name="Certify the batch"))
        qp.open(f"/batches/{BATCH}/certificate/verification")
        expect(page.get_by_text("The certificate is valid.")).to_be_visible()
        # What everybody else sees, without being told to reload.
        inspector = self.screen("inspector")
        inspector.open(f"/genealogy/{BATCH}")
        expect(inspector.page.locator(".picture svg")).to_be_visible()
