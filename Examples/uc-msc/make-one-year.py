#!/usr/bin/env python3
"""Writes `one-year.jsonl`: a whole year of the site of `first-batches.jsonl`.

The year begins with the scenario of the first batches, command by command. What follows repeats its
three kinds of batch record (cord to master stock, master to working stock, expansion to the product)
with other vials, lots and days, so that a change of the process is written once, in
`first-batches.jsonl`. Around them stands what a year brings: a third donor, a second stock, growth
in the isolator, a failed sterility test and what is trained after it, a recalled lot of albumin, a
shipment that warmed up, a complaint, a stability study, orders, patients and the quality review.

Usage: make-one-year.py [FIRST-BATCHES [ONE-YEAR]]
"""
import hashlib
import json
import re
import sys
from datetime import datetime, timedelta
from pathlib import Path

here = Path(__file__).parent
source = Path(sys.argv[1]) if len(sys.argv) > 1 else here / "first-batches.jsonl"
target = Path(sys.argv[2]) if len(sys.argv) > 2 else here / "one-year.jsonl"

FORM = "%Y-%m-%dT%H:%M:%SZ"
DEFINITION = "UCMSC-0.4.0"
# An exception is named by its entry in the ledger. When commands before it are added or removed, the
# scenario stops there and says the new name.
CORRECTION = "correction-803"

heading, base = None, []
for text in source.read_text().splitlines():
    if text.startswith('{"passwords"'):
        passwords = text
    elif text.startswith('{"at"'):
        base.append(json.loads(text))

lines = []  # (time, order, command); a command may carry "opens" and "note"


def add(at, who, do, body, opens=None, note=None, **more):
    lines.append((at, len(lines), {"at": at, "as": who, "do": do, "with": body, **more},
                  opens, note))


def moved(at, days):
    return (datetime.strptime(at, FORM) + timedelta(days=days)).strftime(FORM)


for command in base:
    opens = None
    if command["with"].get("value") in ("11 min", "74 min") or command["do"] == "deviation.open":
        opens = f"first-{command['at']}"  # the three deviations of the first scenario
    lines.append((command["at"], len(lines), command, opens, None))

# What is numbered through the year, as far as the first scenario went.
plates = sum(command["do"] == "environment.take-sample" for command in base)
samples_taken = sum(command["do"] == "sample.take" for command in base)
mixtures = sum(command["do"] == "material.prepare" for command in base)


# The spread of results from batch to batch, as a share of the value: what makes a trend a trend.
# Doublings follow from the counts and are not spread.
SPREAD = {
    "viable-cells-in-a-vial": 0.06, "viability-after-thawing": 0.025, "viability-at-harvest": 0.015,
    "cd73-cd90-and-cd105": 0.008, "cd14-cd19-cd34-cd45-and-hla-dr": 0.25,
    "inhibition-of-t-cell-proliferation": 0.12, "ido-induction-by-interferon-gamma": 0.15,
    "endotoxin": 0.3, "residual-protein": 0.2, "heparin-and-gentamicin": 0.2,
    "positive-markers": 0.006, "negative-markers": 0.25, "stained beads": 0.012,
}


def spread(test, observation, batch):
    """The result of `batch` in place of that of its model, by a digest of both names."""
    share = SPREAD.get(test)
    parts = re.fullmatch(r"([0-9.]+)(e[0-9]+)?( .*)?", observation)
    if share is None or parts is None:
        return observation
    number, power, unit = parts.groups("")
    draw = hashlib.sha256(f"{batch} {test}".encode()).digest()
    # The mean of eight bytes lies near a half: most batches are close to their model.
    offset = sum(draw[:8]) / (8 * 127.5) - 1
    places = len(number.partition(".")[2])
    return f"{float(number) * (1 + 3 * share * offset):.{places}f}{power}{unit}"


MIXED = {command["with"]["lot"] for command in base if command["do"] == "material.prepare"}


def record(old):
    """The commands of a batch of the first scenario, with those of the room around it."""
    taken = {command["with"]["sample"] for command in base
             if command["do"] == "sample.take" and command["with"]["origin"] == old}
    mixed = {command["with"].get("lot") for command in base
             if command["with"].get("batch") == old} & MIXED

    def of(command):
        body, area = command["with"], command["do"].partition(".")[0]
        return (body.get("batch") == old or area == "sample" and body["sample"] in taken
                or area == "material" and body["lot"] in mixed)

    own = [command for command in base if command["with"].get("batch") == old]
    begin = own[0]["at"]
    end = next(command["at"] for command in own if command["do"] == "batch.complete")
    beside = {"equipment.test-gloves", "environment.import-particle-series",
              "environment.take-sample", "environment.record-pressure"}
    samples = [command["with"]["sample"] for command in base
               if begin <= command["at"] <= end and command["do"] == "environment.take-sample"]
    return [
        command for command in base
        if (of(command) and "expect" not in command and command["do"] not in
            ("batch.correct-parameter", "batch.confirm-points", "study.assign-batch",
             "cytometry.record-result"))
        or (begin <= command["at"] <= end and command["do"] in beside)
        or (command["do"] == "environment.read-sample" and command["with"]["sample"] in samples)
    ]


def delayed(at, later):
    """`at`, later by the minutes of `later` where it comes after its instant on the same day."""
    if not later or at[:10] != later[0][:10] or at <= later[0]:
        return at
    return (datetime.strptime(at, FORM) + timedelta(minutes=later[1])).strftime(FORM)


def lot(name, special):
    """The lot of the second half of the year in place of `name`."""
    if name in MIXED:
        return name
    number = int(name.rsplit("-", 1)[1])
    return special.get(number, f"RM-26-{number + 20:03d}")


def repeat(old, new, day, inputs, bank=None, place=None, special=None, values=None, colonies=None,
           results=None, before=None, only=None, lots=True, later=None, note=None):
    """Plays the record of `old` as `new`, shifted so that its first step begins on `day`.

    `later` is an instant of the new record and minutes by which the rest of that day comes later.
    """
    global plates, samples_taken, mixtures
    commands = record(old)
    first = next(c["at"] for c in commands if c["do"] == "batch.start-step")
    shift = (datetime.strptime(day, "%Y-%m-%d").date() - datetime.strptime(first, FORM).date()).days
    vials, names = list(inputs), {}
    for command in commands:
        if only and not only(command):
            continue
        command = json.loads(json.dumps(command))
        body, do = command["with"], command["do"]
        at = moved(command["at"], shift)
        if before and do == before[0]:
            at = before[1]
        at = delayed(at, later)
        for key in ("from", "to"):
            if re.match(r"\d{4}-\d\d-\d\dT", str(body.get(key, ""))):
                body[key] = delayed(moved(body[key], shift), later)
        if "batch" in body:
            body["batch"] = new
        if do == "batch.use-container":
            body["container"] = vials.pop(0)
        if do == "material.prepare":
            mixtures += 1
            names[body["lot"]] = f"FS-26-{mixtures:03d}"
            body["expiry"] = moved(f"{body['expiry']}T00:00:00Z", shift)[:10]
        if do == "material.release":
            body["certificate"] = f"PR-{names[body['lot']]}"
        if body.get("lot") in MIXED:
            body["lot"] = names[body["lot"]]
        for used in [body] * (do == "batch.consume-material") + body.get("ingredients", []) \
                + body.get("reagents", []):
            if lots and used["lot"] not in names.values():
                used["lot"] = lot(used["lot"], special or {})
        if do == "batch.fill" and bank:
            body["bank"] = bank
        if do == "batch.fill" and place:
            body["place"] = place
        if do == "environment.import-particle-series":
            if later and body["to"][:10] == later[0][:10]:
                body["samples"] += later[1]
            body["file"] = hashlib.sha256(f"{new} {at}".encode()).hexdigest()
        if do == "environment.take-sample":
            plates += 1
            names[body["sample"]] = f"EM-26-{plates:03d}"
        if do == "sample.take":
            samples_taken += 1
            names[body["sample"]] = f"SP-26-{samples_taken:03d}"
            body["origin"] = new
        grows = do == "environment.read-sample" and body["sample"] in (colonies or {})
        if grows:
            body["colonies"] = colonies[body["sample"]]
        if "sample" in body:
            body["sample"] = names[body["sample"]]
        opens = None
        if do == "batch.record-parameter" and body["parameter"] in (values or {}):
            body["value"] = values[body["parameter"]]
            if body["parameter"] == "washes":
                opens = f"wash-{new}"
        if do == "testing.record-result":
            body["reference"] = body["reference"].replace("B-26-003", new) + f"/{new[-3:]}"
            body["observation"] = spread(body["test"], body["observation"], new)
            if "suitability" in body:
                body["suitability"] = stained_beads(new)
            if body["test"] in (results or {}):
                body["observation"] = results[body["test"]]
                opens = f"result-{new}"
        if grows:
            opens = f"plate-{new}"
        add(at, command["as"], do, body, opens=opens, note=note if do == "batch.open" else None)
    return shift, names


def stained_beads(run):
    """What the control of the viability method gave in a run."""
    return [{"control": "stained beads", "observation": spread("stained beads", "92 %", run)}]


def test_bank(model, bank, day):
    """The tests of the bank matrix that the specification does not answer, as of `model`."""
    for command in base:
        if command["do"] == "bank.record-test" and command["with"]["bank"] == model:
            body = {**command["with"], "bank": bank,
                    "reference": f"{command['with']['reference']}/{bank}"}
            add(day + command["at"][10:], command["as"], command["do"], body)


def certify(batch, day):
    add(f"{day}T17:02:00Z", "qp", "batch.confirm-points",
        {"batch": batch, "clauses": ["1.7.9", "1.7.10", "1.7.20", "1.7.21"],
         "evidence": "audit file and self-inspections of the quality system, as of this day"})


NORMAL = {"enzyme-time": "6 min", "dmso-time": "45 min"}

# The batch that was in work goes on.
done = {(c["do"], c["with"].get("step"), c["with"].get("parameter"), c["with"].get("check"))
        for c in base if c["with"].get("batch") == "B-26-004"}


last_plates = {c["with"]["sample"] for c in base
               if c["do"] == "environment.take-sample" and c["at"].startswith("2026-04-18")}


def rest(command):
    body = command["with"]
    key = (command["do"], body.get("step"), body.get("parameter"), body.get("check"))
    if body.get("batch") == "B-26-003":
        return command["at"] >= "2026-04-12T15:30:00Z" and key not in done
    return command["at"] >= "2026-04-18T00:00:00Z" and command["do"] != "environment.read-sample" \
        or command["with"].get("sample") in last_plates


repeat("B-26-003", "B-26-004", "2026-06-16", [], only=rest, values=NORMAL, place="LN2-2 rack B",
       lots=False)
for index, (at, order, command, opens, note) in enumerate(lines):
    # The culture ends on the day before the harvest, after the half-yearly round.
    if command["with"].get("batch") == "B-26-004" and command["with"].get("step") == "p4" \
            and "2026-06-21" <= at < "2026-06-26":
        at = "2026-06-26" + at[10:]
        command["at"] = at
        lines[index] = (at, order, command, opens, note)
add("2026-07-01T09:00:00Z", "reviewer", "deviation.close",
    {"deviation": "DEV-0003", "rootCause": "the door was not latched after the evening round",
     "impact": "none: the cells stayed within 36 to 38 °C", "disposition": "acceptable"})
add("2026-07-28T14:30:00Z", "reviewer", "batch.dispose-exception",
    {"batch": "B-26-004", "exception": CORRECTION, "disposition": "acceptable",
     "reason": "the printout of the incubator shows 5.1 %"})
certify("B-26-004", "2026-07-27")

# Materials for the second half of the year.
quantities = {"aseptic-kit": "400 kits", "transport-medium": "2000 mL", "dpbs": "200000 mL",
              "growth-medium": "300000 mL", "t175": "100 items", "trypsin": "50000 mL",
              "stack-10": "250 items", "vial-2ml": "300 items", "dmso": "400 mL",
              "sodium-chloride": "20000 mL", "albumin-20": "1500 mL", "vial-6ml": "450 items"}
receipts = [c["with"] for c in base if c["do"] == "material.receive"]
receipts.append({**next(r for r in receipts if r["material"] == "albumin-20"), "lot": "RM-26-013"})
for index, receipt in enumerate(receipts):
    body = {**receipt, "lot": lot(receipt["lot"], {}), "expiry": "2028-06-30",
            "supplierLot": f"M{5100 + 37 * index}", "quantity": quantities[receipt["material"]]}
    add(f"2026-06-29T08:{2 * index:02d}:00Z", "operator-1", "material.receive", body,
        note="Materials for the second half of the year." if index == 0 else None)
    add(f"2026-06-29T10:{2 * index:02d}:00Z", "reviewer", "material.release",
        {"lot": body["lot"], "certificate": f"COA-{400 + index}"})

# A third donor, who is eligible.
add("2026-07-01T08:03:00Z", "operator-1", "donor.register",
    {"donor": "D-0009", "relation": "birth-mother"}, note="A third donor, and a second stock.")
add("2026-07-01T08:06:00Z", "operator-1", "donor.record-consent",
    {"donor": "D-0009", "version": "3.1",
     "scopes": ["allogeneic-medicine", "commercial-use", "genetic-testing", "recontact"]})
add("2026-07-07T05:03:00Z", "operator-1", "donation.receive",
    {"container": "CORD-26-003", "donor": "D-0009", "material": "cord",
     "collected": "2026-07-06T07:10:00Z", "temperature": "5 °C",
     "place": "quarantine refrigerator 1"})
for index, marker in enumerate(["anti-HIV-1/2", "HBsAg", "anti-HBc", "anti-HCV-Ab", "syphilis",
                                "HIV NAT", "HBV NAT", "HCV NAT"]):
    add(f"2026-07-07T05:{10 + 2 * index}:00Z", "analyst", "donor.record-test",
        {"donor": "D-0009", "marker": marker, "result": "non-reactive", "sampled": "2026-07-06",
         "laboratory": "authorised virology laboratory"})
add("2026-07-07T05:35:00Z", "operator-1", "donor.record-history",
    {"donor": "D-0009", "questionnaire": "Q-DON-4", "interviewed": "2026-07-01", "risks": [],
     "isFromHighPrevalenceArea": False, "receivedInfusions": False})
add("2026-07-07T05:40:00Z", "reviewer", "donor.declare-eligible", {"donor": "D-0009"})
add("2026-07-07T05:45:00Z", "reviewer", "donation.release", {"container": "CORD-26-003"})


def vials(bank, first, count):
    return [f"{bank}-{number:03d}" for number in range(first, first + count)]


repeat("B-26-003", "B-26-005", "2026-07-13", vials("WCS-26-01", 19, 9), values=NORMAL,
       place="LN2-2 rack C")
certify("B-26-005", "2026-08-23")
repeat("B-26-001", "B-26-006", "2026-07-07", ["CORD-26-003"], bank="MCS-26-02", values=NORMAL,
       place="LN2-1 rack C", note="From the third donor's cord to a second master stock.")
test_bank("MCS-26-01", "MCS-26-02", "2026-08-20")
add("2026-08-20T12:45:00Z", "reviewer", "bank.release", {"bank": "MCS-26-02"})
repeat("B-26-002", "B-26-007", "2026-08-04", vials("MCS-26-01", 5, 4), bank="WCS-26-03",
       place="LN2-1 rack D", note="A second working stock from the first master stock.")
test_bank("WCS-26-01", "WCS-26-03", "2026-09-01")
add("2026-09-01T12:00:00Z", "reviewer", "bank.release", {"bank": "WCS-26-03"})
repeat("B-26-002", "B-26-008", "2026-08-23", vials("MCS-26-02", 1, 4), bank="WCS-26-02",
       place="LN2-1 rack E")
test_bank("WCS-26-01", "WCS-26-02", "2026-09-20")
add("2026-09-20T12:00:00Z", "reviewer", "bank.release", {"bank": "WCS-26-02"})

# A batch that fails its sterility test.
repeat("B-26-003", "B-26-009", "2026-09-02", vials("WCS-26-03", 1, 9), values=NORMAL,
       place="LN2-2 rack D", results={"sterility": "growth in one of two bottles"},
       only=lambda c: c["do"] not in ("batch.review", "batch.certify"),
       note="A batch that fails its sterility test: investigated, confirmed, rejected.")
add("2026-10-15T09:00:00Z", "analyst", "oos.record-laboratory-phase",
    {"deviation": "{result-B-26-009}", "assignableCause": False,
     "evidence": "negative controls clear, isolator of the laboratory in date, analyst trained"})
add("2026-10-20T09:00:00Z", "reviewer", "oos.record-full-phase",
    {"deviation": "{result-B-26-009}",
     "review": "gloves, settle plates, filling video and the bank; other batches of the bank pass",
     "conclusion": "contamination of the filling line; the organism is that of the operators' skin"})
add("2026-10-20T10:00:00Z", "reviewer", "deviation.classify",
    {"deviation": "{result-B-26-009}", "grade": "critical", "reason": "a batch is not sterile"})
add("2026-10-21T09:00:00Z", "reviewer", "deviation.close",
    {"deviation": "{result-B-26-009}", "rootCause": "a sleeve change during the fill",
     "impact": "the batch is not sterile", "disposition": "reject"})
add("2026-10-21T09:30:00Z", "reviewer", "batch.reject",
    {"batch": "B-26-009", "reason": "growth in the sterility test, confirmed"})
add("2026-10-20T11:00:00Z", "reviewer", "capa.open",
    {"capa": "CAPA-26-001", "source": "{result-B-26-009}",
     "action": "no change of sleeves while vials are open; training of all operators",
     "owner": "supervisor", "due": "2026-11-15", "effectMeasure": "no growth in the next three fills"})
add("2026-11-10T09:00:00Z", "supervisor", "capa.complete",
    {"capa": "CAPA-26-001", "evidence": "WI-ISO-01 version 2; both operators trained in it"})
add("2026-11-02T09:00:00Z", "supervisor", "document.register",
    {"document": "WI-ISO-01", "kind": "instruction", "version": "2",
     "title": "Work at the isolator and its interventions",
     "file": {"$file": "documents/WI-ISO-01-2.md"},
     "reason": "CAPA-26-001: no change of sleeves while vials are open"},
    note="What the failed batch teaches: a new version of the instruction, and training in it.")
add("2026-11-02T14:00:00Z", "reviewer", "document.approve",
    {"document": "WI-ISO-01", "version": "2", "effective": "2026-11-09"})
for index, person in enumerate(["operator-1", "operator-2", "supervisor"]):
    add(f"2026-11-06T08:{10 * index:02d}:00Z", "reviewer", "people.record-training",
        {"person": person, "instruction": "WI-ISO-01", "document": f"TR-26-{71 + index:03d}"})

# Growth on a plate of the isolator.
shift, plate_names = repeat(
    "B-26-003", "B-26-010", "2026-09-22", vials("WCS-26-02", 1, 9), values=NORMAL,
    place="LN2-2 rack E", colonies={"EM-26-013": 1},
    note="A batch in whose session a plate of the isolator grows: the event concerns the batch.")
grown = plate_names["EM-26-013"]
add("2026-10-03T09:30:00Z", "analyst", "environment.identify-isolate",
    {"sample": grown, "species": ["Micrococcus luteus"]})
add("2026-10-05T09:00:00Z", "reviewer", "deviation.classify",
    {"deviation": "{plate-B-26-010}", "grade": "major", "reason": "growth in grade A"})
add("2026-10-30T09:00:00Z", "reviewer", "deviation.close",
    {"deviation": "{plate-B-26-010}",
     "rootCause": "the plate was touched while it was taken out: the same species on the glove",
     "impact": "none: vessels were closed, particles within limits, sterility passes",
     "disposition": "acceptable"})
certify("B-26-010", "2026-11-02")

# A batch with a lot of albumin that its supplier recalls.
repeat("B-26-003", "B-26-011", "2026-09-25", vials("WCS-26-02", 10, 9), values=NORMAL,
       place="LN2-2 rack F", special={11: "RM-26-033"},
       note="A batch with a lot of albumin that its supplier recalls after certification.")
certify("B-26-011", "2026-11-05")
repeat("B-26-003", "B-26-012", "2026-10-15", vials("WCS-26-03", 10, 9),
       values={**NORMAL, "washes": "1 cycles"}, place="LN2-2 rack G",
       later=("2026-10-26T08:10:30Z", 40),
       note="The last batch of the year: washed once where two washes are asked for, and washed again.")
wash = {"batch": "B-26-012", "step": "wash"}
add("2026-10-26T08:14:00Z", "reviewer", "batch.reprocess",
    {"batch": "B-26-012", "provision": "rewash", "deviation": "{wash-B-26-012}",
     "reason": "one wash instead of two; 93 % of the cells are viable"})
add("2026-10-26T08:16:20Z", "operator-1", "batch.clear-line", {**wash, "room": "ROOM-102"})
add("2026-10-26T08:17:00Z", "operator-1", "batch.start-step", wash)
for minute, name, quantity in ((19, "RM-26-010", "2000 mL"), (21, "RM-26-011", "100 mL"),
                               (23, "RM-26-001", "2 kits")):
    add(f"2026-10-26T08:{minute}:00Z", "operator-1", "batch.consume-material",
        {**wash, "lot": lot(name, {}), "quantity": quantity})
add("2026-10-26T08:27:00Z", "operator-1", "batch.record-parameter",
    {**wash, "parameter": "washes", "value": "2 cycles"})
add("2026-10-26T08:31:00Z", "operator-1", "batch.record-count",
    {**wash, "point": "formulated", "concentrations": ["2.04e6 cells/mL", "1.96e6 cells/mL"],
     "viability": "93 %", "volume": "1068.8 mL"})
add("2026-10-26T08:35:00Z", "operator-1", "batch.record-check",
    {**wash, "check": "ipc-count-wash", "observation": "1.99e9 cells"})
add("2026-10-26T08:38:00Z", "operator-1", "batch.complete-step", wash)
add("2026-10-26T08:44:00Z", "operator-2", "batch.verify-step", wash)
for second, place, location, method, more in (
        (0, "ISO-01", "both gloves", "glove-print", {"person": "operator-1"}),
        (10, "ISO-01", "work surface", "contact-plate", {}),
        (20, "ROOM-102", "beside the isolator", "active-air", {"litres": 1000})):
    plates += 1
    sample = {"sample": f"EM-26-{plates:03d}"}
    add(f"2026-10-26T08:39:{second:02d}Z", "operator-2", "environment.take-sample",
        {**sample, "place": place, "location": location, "method": method,
         "state": "in-operation", **more})
    add(f"2026-10-31T11:40:{second:02d}Z", "analyst", "environment.read-sample",
        {**sample, "colonies": 3 if place == "ROOM-102" else 0})
add("2026-10-27T09:00:00Z", "reviewer", "deviation.close",
    {"deviation": "{wash-B-26-012}", "rootCause": "the second bag of wash was not connected",
     "impact": "none: washed again as the definition allows; recovery within its range",
     "disposition": "acceptable"})
add("2026-10-27T09:10:00Z", "reviewer", "batch.dispose-exception",
    {"batch": "B-26-012", "exception": "reprocessing-1", "disposition": "acceptable",
     "reason": "the second wash lies within every range; residual protein is tested"})
certify("B-26-012", "2026-11-25")

# Stability of the first batch.
add("2026-05-20T09:00:00Z", "reviewer", "study.open",
    {"study": "STAB-26-01", "kind": "stability", "subject": "B-26-003",
     "plan": "stab-long-term", "protocolNumber": "STAB-P-01", "months": [3, 6],
     "windowDays": 14})
for month, day, vial, viability in ((3, "2026-08-19", 10, "86 %"), (6, "2026-11-18", 11, "85 %")):
    add(f"{day}T09:00:00Z", "analyst", "study.pull",
        {"study": "STAB-26-01", "month": month, "container": f"B-26-003-{vial:03d}",
         "sample": f"STB-26-{month:02d}"}, note=f"Stability: {month} months.")
    for test, found, means in (
            ("viability-after-thawing", viability,
             {"instruments": ["CNT-01"], "suitability": stained_beads(f"STAB-{month}")}),
            ("cd73-cd90-and-cd105", "96.1 %",
             {"instruments": ["FCM-01"], "reagents": [{"lot": "RM-26-003"}]})):
        add(f"{day}T{12 + len(test) % 3}:00:00Z", "analyst", "study.record-result",
            {"study": "STAB-26-01", "month": month, "test": test, "observation": found,
             "reference": f"STB-26-{month:02d}/{test[:3].strip()}", **means})

# Storage, month by month, from the loggers of the tanks.
for index, unit in enumerate(("LN2-1", "LN2-2")):
    add(f"2026-02-28T0{8 + index}:00:00Z", "supervisor", "equipment.register",
        {"equipment": unit, "name": "vapour tank of the store", "servesAs": "storage-tank",
         "needsCalibration": False, "hasGloves": False})
    add(f"2026-02-28T0{8 + index}:10:00Z", "reviewer", "equipment.qualify",
        {"equipment": unit, "report": f"EQ-26-{unit}", "months": 24})
    add(f"2026-02-28T0{8 + index}:20:00Z", "reviewer", "storage.set-level-limits",
        {"unit": unit, "alert": "15 cm", "action": "10 cm", "everyHours": 168,
         "basis": f"EQ-26-{unit}: warming of the top rack at falling level"})
# Their levels, week by week; a vessel is filled when it would not last another week.
for minute, unit, first, full in ((20, "TANK-01", "2026-07-13", 24), (30, "LN2-1", "2026-03-02", 32),
                                  (40, "LN2-2", "2026-03-02", 32)):
    day, level = first, full
    while day < "2026-11-27":
        add(f"{day}T07:{minute}:00Z", "operator-2", "storage.record-level",
            {"unit": unit, "level": f"{level:g} cm"})
        level = level - 3.5 if level - 3.5 > full / 2 + 2 else full
        day = moved(f"{day}T00:00:00Z", 7)[:10]
months = ["2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09",
          "2026-10", "2026-11"]
for first, last in zip(months, months[1:]):
    for unit in ("LN2-1", "LN2-2"):
        if unit == "LN2-2" and last < "2026-06":
            continue
        begin, end = f"{first}-01T00:00:00Z", f"{last}-01T00:00:00Z"
        hours = (datetime.strptime(end, FORM) - datetime.strptime(begin, FORM)).days * 24
        add(f"{last}-01T06:{'10' if unit == 'LN2-1' else '20'}:00Z", "operator-2",
            "storage.import-log",
            {"unit": unit, "from": begin, "to": end, "readings": hours * 6 + 1,
             "lowest": "-192 °C", "highest": "-171 °C",
             "file": hashlib.sha256(f"{unit} {first}".encode()).hexdigest()})


# Patients.
def logger(begin, end, lowest, highest):
    """The file of a logger: a reading in °C every five minutes, the warmest when it is opened."""
    at, last, lines = datetime.strptime(begin, FORM), datetime.strptime(end, FORM), ["time,°C"]
    while at <= last:
        value = highest if at == last else lowest + len(lines) % 4
        lines.append(f"{at.strftime(FORM)},{value}")
        at += timedelta(minutes=5)
    return {"name": "logger.csv", "text": "\n".join(lines) + "\n"}


def treat(number, patient, day, batch, first, hospital, given=True, highest="-165 °C", log=True,
          dose=None, opens=None, note=None):
    order, shipment = f"O-26-{number:03d}", f"S-26-{number:03d}"
    doses = [f"{batch}-{first:03d}", f"{batch}-{first + 1:03d}"]
    next_day = moved(f"{day}T00:00:00Z", 1)[:10]
    add(f"{day}T08:03:00Z", "supervisor", "patient.register", {"patient": patient}, note=note)
    add(f"{day}T08:06:00Z", "supervisor", "order.place",
        {"order": order, "patient": patient, "hospital": hospital, "definition": DEFINITION,
         "containers": 2, "trial": "trial-1", **(dose or {})})
    add(f"{day}T08:10:00Z", "supervisor", "order.reserve", {"order": order, "containers": doses})
    add(f"{day}T10:06:00Z", "supervisor", "shipment.dispatch",
        {"shipment": shipment, "order": order, "containers": doses,
         "shipper": f"dry shipper {4 + number % 3:02d}"})
    add(f"{next_day}T07:33:00Z", "supervisor", "shipment.receive",
        {"shipment": shipment, "highestTemperature": "-165 °C"})
    if log:
        add(f"{next_day}T07:50:00Z", "supervisor", "shipment.import-log",
            {"shipment": shipment,
             "series": logger(f"{day}T10:00:00Z", f"{next_day}T07:30:00Z", -189,
                              int(highest.split()[0]))}, opens=opens)
    for index, vial in enumerate(doses if given else []):
        minute = 3 + 20 * index
        add(f"{next_day}T10:{minute + 20:02d}:00Z", "supervisor", "dose.administer",
            {"container": vial, "patient": patient, "thawed": f"{next_day}T10:{minute:02d}:00Z"})
    if given:
        follow(patient, next_day)
    return doses, shipment, next_day


# The follow-up that the definition plans: hazard, days between visits, days in all, what was found.
FOLLOW_UP = [
    ("infection", 7, 91, "cultures negative"),
    ("embolism", 1, 1, "saturation and troponin as before"),
    ("acute immunogenicity", 1, 1, "no reaction"),
    ("chronic immunogenicity", 91, 730, "no donor-specific antibody"),
    ("tumorigenicity", 365, 1826, "none"),
    ("treatment failure", 7, 180, "response holds"),
]


# The last visit that the first scenario records.
visited = max(c["at"][:10] for c in base if c["do"] == "patient.record-follow-up")


def follow(patient, day, until="2026-11-27"):
    """Records the visits of `patient`, treated on `day`, up to `until`."""
    for hazard, interval, duration, finding in FOLLOW_UP:
        visits = list(range(interval, duration - interval // 2, interval)) + [duration]
        for visit in visits:
            at = moved(f"{day}T12:10:00Z", visit)
            if visited < at[:10] < until:
                add(at, "supervisor", "patient.record-follow-up",
                    {"patient": patient, "hazard": hazard, "day": visit, "finding": finding})


follow("PT-4471", "2026-06-03")
add("2026-06-10T09:00:00Z", "supervisor", "patient.plan-follow-up",
    {"patient": "PT-4471", "hazard": "ectopic tissue", "months": [3, 12]})
treat(2, "PT-4502", "2026-08-03", "B-26-003", 3, "university hospital, haematology",
      dose={"dose": "1.0e6 cells/kg", "weight": "72 kg"}, note="Patients.")
treat(3, "PT-4519", "2026-08-10", "B-26-004", 1, "children's hospital")
returned, shipment, day = treat(
    4, "PT-4533", "2026-09-08", "B-26-005", 1, "university hospital, haematology", given=False,
    highest="-118 °C", opens="warm",
    note="A shipment that warmed up: the doses are held, come back and are destroyed.")
add("2026-09-10T09:00:00Z", "supervisor", "shipment.return",
    {"shipment": shipment, "containers": returned, "reason": "the logger shows -118 °C"})
add("2026-09-11T09:00:00Z", "reviewer", "deviation.close",
    {"deviation": "{warm}", "rootCause": "the shipper stood open during a customs check",
     "impact": "the two doses are lost; no patient was harmed", "disposition": "reject"})
treat(5, "PT-4534", "2026-09-15", "B-26-005", 3, "university hospital, haematology")
add("2026-09-03T09:00:00Z", "supervisor", "patient.record-follow-up",
    {"patient": "PT-4471", "hazard": "ectopic tissue", "month": 3, "finding": "none found"})
add("2026-09-03T09:10:00Z", "supervisor", "patient.record-outcome",
    {"patient": "PT-4471", "endpoint": "overall response at day 28", "observation": "partial response"})
add("2026-08-06T09:00:00Z", "supervisor", "patient.record-adverse-event",
    {"patient": "PT-4502", "description": "fever on the evening of the infusion, gone by morning",
     "grade": 1, "relation": "possible", "onset": "2026-08-04"})
add("2026-09-01T09:10:00Z", "supervisor", "patient.record-outcome",
    {"patient": "PT-4502", "endpoint": "overall response at day 28",
     "observation": "complete response"})

add("2026-08-11T14:00:00Z", "supervisor", "complaint.receive",
    {"complaint": "CMP-26-01", "subject": "B-26-003-004", "from": "university hospital, haematology",
     "description": "the label of a vial was loose at one edge after thawing; all of it legible"},
    note="A complaint: the defect is confirmed, and it is said why nothing is recalled.")
add("2026-08-12T09:00:00Z", "supervisor", "deviation.open",
    {"batch": "B-26-003", "description": "the label of B-26-003-004 was loose after thawing"},
    opens="label")
add("2026-08-25T09:00:00Z", "reviewer", "complaint.close",
    {"complaint": "CMP-26-01", "isQualityDefect": True, "holdsSisters": False,
     "finding": "labels of the roll lift at -190 °C when they are stuck on a cold vial",
     "noRecall": "the vial is engraved with its number too; identity was never in doubt",
     "deviation": "{label}"})
add("2026-09-04T09:00:00Z", "reviewer", "deviation.close",
    {"deviation": "{label}", "rootCause": "vials were labelled after they had been chilled",
     "impact": "none on the product; a label might be lost",
     "disposition": "acceptable"})

# The recall.
recalled, shipment, day = treat(
    6, "PT-4541", "2026-11-09", "B-26-011", 1, "university hospital, haematology", given=False)
add("2026-11-12T14:00:00Z", "reviewer", "recall.begin",
    {"recall": "RCL-26-01", "thing": "RM-26-033",
     "reason": "the supplier recalls its lot: endotoxin above the limit in a retained bottle",
     "isMock": False}, note="The supplier recalls its lot of albumin.")
add("2026-11-12T14:20:00Z", "supervisor", "recall.record-contact",
    {"recall": "RCL-26-01", "shipment": shipment, "whom": "ward physician on call",
     "answer": "both vials are in the tank of the ward, not thawed; they go back"})
add("2026-11-12T14:40:00Z", "supervisor", "recall.record-contact",
    {"recall": "RCL-26-01", "whom": "qualified supplier", "answer": "recall confirmed in writing"})
add("2026-11-13T10:00:00Z", "supervisor", "shipment.return",
    {"shipment": shipment, "containers": recalled, "reason": "recalled"})
add("2026-11-16T10:00:00Z", "reviewer", "recall.close",
    {"recall": "RCL-26-01",
     "conclusion": "no dose was given; 40 vials held at the site, two returned"})

# The site looks at itself.
add("2026-08-17T15:00:00Z", "reviewer", "site.record-self-inspection",
    {"report": "SI-26-02", "scope": "documents, training, complaints", "intervalMonths": 12,
     "findings": "none"})
add("2026-11-23T09:00:00Z", "reviewer", "obligation.fulfil",
    {"obligation": "OBL-26-01", "evidence": "annual report AR-26, sent and acknowledged"})

# The system that keeps the record: a drill that failed, one that passed, and the yearly evaluation.
add("2026-08-19T13:00:00Z", "supervisor", "system.record-check",
    {"report": "RD-26-01", "kind": "restore-drill", "performedBy": "admin", "passes": False,
     "findings": "the disc of Sunday in the second building could not be read"},
    opens="drill",
    note="A backup is restored as a trial; the first disc cannot be read.")
add("2026-08-19T15:00:00Z", "reviewer", "deviation.close",
    {"deviation": "{drill}", "rootCause": "the disc had left its sleeve and was scratched",
     "impact": "none: the copies of the other nights are whole", "disposition": "acceptable"})
add("2026-08-20T13:00:00Z", "supervisor", "system.record-check",
    {"report": "RD-26-02", "kind": "restore-drill", "performedBy": "admin", "passes": True,
     "findings": "copy of the night, from the second building, verified entry by entry",
     "entries": {"$head": "entries"}, "root": {"$head": "root"}, "took": "4 min"})
add("2026-08-20T14:00:00Z", "supervisor", "system.record-check",
    {"report": "PE-26-01", "kind": "periodic-evaluation", "performedBy": "admin",
     "passes": True, "intervalMonths": 12,
     "findings": "incidents, upgrades, accounts and validation reports of the year: in a valid state"})

# An authority is asked early, and answers in part by letter.
add("2026-09-10T15:00:00Z", "reviewer", "meeting.record",
    {"meeting": "MTG-26-01", "kind": "authority", "with": "the competent authority",
     "subject": "scientific advice on the potency assay of the next phase", "held": "2026-09-10",
     "participants": "reviewer, qp; two assessors", "minutes": "SA-26-01",
     "questions": [
         {"question": "is one potency assay enough for the confirmatory trial?",
          "answer": "one that reflects the mechanism of action, with a second for information"},
         {"question": "may the reference standard be a batch of the site?"}],
     "commitments": [
         {"task": "send the validation plan of the potency assay", "due": "2026-10-30"},
         {"task": "comment on the plan within thirty days", "due": "2026-11-30",
          "isTheirs": True}]},
    note="The authority is asked about the potency assay of the next phase.")
add("2026-10-05T09:00:00Z", "reviewer", "meeting.record-answer",
    {"meeting": "MTG-26-01", "question": 2,
     "answer": "yes, when it is bridged to its successor; letter of 2 October"})
add("2026-10-28T09:00:00Z", "reviewer", "obligation.fulfil",
    {"obligation": "OBL-0002", "evidence": "plan VP-POT-01, sent on 28 October"})

# A change and the review of the year.
add("2026-09-21T09:00:00Z", "supervisor", "change.propose",
    {"change": "CHG-26-01", "title": "shippers with a second logger", "impact": "minor",
     "assessment": "no effect on the product; the way is recorded twice", "touches": [DEFINITION],
     "due": "2026-11-30"})
add("2026-09-22T07:00:00Z", "reviewer", "change.approve", {"change": "CHG-26-01"})
add("2026-09-22T08:00:00Z", "reviewer", "study.open",
    {"study": "TRV-26-01", "kind": "transport-validation", "subject": "CHG-26-01",
     "protocolNumber": "TRV-P-02", "months": [], "windowDays": 0,
     "tests": [{"test": "difference of the loggers", "criterion": "<= 1 K"},
               {"test": "highest temperature", "criterion": "<= -150 °C"}]})
for test, found in (("difference of the loggers", "0.6 K"), ("highest temperature", "-171 °C")):
    add("2026-10-09T10:00:00Z", "analyst", "study.record-result",
        {"study": "TRV-26-01", "test": test, "observation": found, "reference": "TRV-R-02"})
add("2026-10-09T15:00:00Z", "reviewer", "study.conclude",
    {"study": "TRV-26-01", "summary": "three empty shipments over 72 h; both loggers agree"})
add("2026-09-28T09:00:00Z", "supervisor", "change.implement", {"change": "CHG-26-01"})
add("2026-10-12T09:00:00Z", "reviewer", "change.close",
    {"change": "CHG-26-01", "effect": "both loggers agree within 1 K on the first shipment"})
add("2026-11-27T09:00:00Z", "reviewer", "capa.check-effect",
    {"capa": "CAPA-26-001", "isEffective": True, "evidence": "three fills without growth"})
add("2026-11-27T10:00:00Z", "reviewer", "quality-review.approve",
    {"product": "UCMSC-IV", "from": "2025-11-24", "to": "2026-11-20",
     "conclusion": "in control; one batch rejected for its sterility, one lot recalled"},
    note="The product quality review of the year.")

lines.sort(key=lambda line: (line[0], line[1]))
numbers, entries = {}, {}
for at, _, command, opens, _ in lines:
    if opens:
        numbers[opens] = f"DEV-{len(numbers) + 1:04d}"


def named(text):
    return re.sub(r"\{([a-z][^{}\"]*)\}", lambda m: numbers.get(m.group(1), m.group(0)), text)


with target.open("w") as out:
    out.write("# One year of a site that makes a UC-MSC product. Written by make-one-year.py from "
              "first-batches.jsonl;\n# play it with `seedlot play`.\n" + passwords + "\n")
    for at, _, command, opens, note in lines:
        if note:
            out.write(f"# {note}\n")
        out.write(named(json.dumps(command, ensure_ascii=False)) + "\n")
print(f"{len(lines)} commands")
