#!/usr/bin/env python3
"""Writes `first-clinical-batch.jsonl`: from an empty site to the first certified batch.

The steps, their materials, parameters and controls are read from `process.yaml`, the tests from
`specifications.yaml`: the scenario follows the definition when that changes. Counts of cells are given
below, and the site works out doublings, passages and recoveries from them.

Needs PyYAML (Debian: python3-yaml). Usage: make-first-clinical-batch.py [SCENARIO]
"""
import hashlib
import json
import re
import sys
from datetime import datetime, timedelta
from pathlib import Path

import yaml

here = Path(__file__).parent
target = Path(sys.argv[1]) if len(sys.argv) > 1 else here / "first-clinical-batch.jsonl"


class Words(yaml.SafeLoader):
    """Plain words stay words: `yes` is read as a definition reads it."""


Words.yaml_implicit_resolvers = {}


def read(name):
    return yaml.load((here / name).read_text(), Words)


process = read("process.yaml")["process"]
specifications = {s["id"]: s for s in read("specifications.yaml")["specifications"]}
materials = {m["id"]: m for m in read("materials.yaml")["materials"]}
programme = read("facility.yaml")["facility"]["process-simulation"]
bank = next(b for b in read("line-and-banks.yaml")["banks"] if b["id"] == "wcb")
line = read("line-and-banks.yaml")["cell-line"]

DEFINITION, BATCH, BANK = "PSCMDA-0.3.0", "P-26-001", "WCB-01"
FORM = "%Y-%m-%dT%H:%M:%SZ"
out = []


def add(at, who, do, body, **more):
    out.append({"at": at if isinstance(at, str) else at.strftime(FORM), "as": who, "do": do,
                "with": body, **more})


def note(text):
    out.append(text)


class Clock:
    """Goes on by a minute or two with every entry."""

    def __init__(self, at):
        self.now = datetime.strptime(at, FORM)

    def next(self, minutes=2):
        self.now += timedelta(minutes=minutes)
        return self.now


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def observation(limit):
    """What a passing control or test finds."""
    limit = limit.get("phase1", limit) if isinstance(limit, dict) else limit
    found = re.fullmatch(r"(≥|<=|>=|<|>|≤)\s*([\d.e]+)\s*(.*)", limit)
    if found:
        sign, value, unit = found.groups()
        value = float(value)
        value = value * (1.15 if sign in "≥>=" else 0.4)
        if unit == "%" and sign in "≥>=":
            value = min(value, 97.5)
        shown = f"{value:.2e}" if value >= 1e5 else f"{value:.3g}"
        return f"{shown} {unit}".strip()
    inside = re.fullmatch(r"([\d.e]+)\.\.([\d.e]+)\s*(.*)", limit)
    if inside:
        low, high, unit = inside.groups()
        return f"{(float(low) + float(high)) / 2:.3g} {unit}".strip()
    return "as expected, see the report" if limit == "report" else limit


def criteria(test):
    """The limits of the lines of the bank's specification that answer a test of the bank."""
    lines = specifications[bank["specification"]]["tests"]
    own = [line for line in lines if test["test"] in (line.get("id"), line.get("assay"),
                                                      slug(line["name"]))]
    own = own or [line for line in lines if line.get("assay") == test.get("assay")]
    limits = [line["limit"] for line in own]
    return [limit.get("phase1", "report") if isinstance(limit, dict) else limit
            for limit in limits]


def slug(name):
    return "-".join(re.findall("[a-z0-9]+", name.lower()))


# The site and its people.
note("From an empty site to the first clinical batch of a pluripotent-cell product. Written by")
note("make-first-clinical-batch.py; play it with `seedlot play`.")
people = [("operator-1", "First operator", "operator"), ("operator-2", "Second operator", "operator"),
          ("supervisor", "Production supervisor", "supervisor"),
          ("analyst", "QC analyst", "qc-analyst"), ("reviewer", "QA reviewer", "qa-reviewer"),
          ("qp", "Qualified Person", "qualified-person"), ("inspector", "Inspector", "inspector")]
out.append({"passwords": {name: "demonstration" for name in ["admin"] + [p[0] for p in people]}})
clock = Clock("2026-03-02T08:00:00Z")
add(clock.next(), "admin", "site.found",
    {"site": "Seedlot demonstration site", "administrator": "admin", "printedName": "Administrator"},
    newPassword="demonstration")
for name, printed, role in people:
    add(clock.next(), "admin", "people.enrol",
        {"person": name, "printedName": printed, "roles": [role]}, newPassword="demonstration")
add(clock.next(), "supervisor", "definition.register",
    {"definition": DEFINITION, "files": {"$folder": "."}})
add(clock.next(), "reviewer", "definition.approve", {"definition": DEFINITION})
add(clock.next(), "admin", "people.appoint-head", {"office": "production", "person": "supervisor"})
add(clock.next(), "admin", "people.appoint-head", {"office": "quality-control", "person": "analyst"})
for kind, reference in (("manufacturing-authorisation", "MIA-EXAMPLE-2"),
                        ("gmp-certificate", "GMP-EXAMPLE-2")):
    add(clock.next(), "reviewer", "site.record-authorisation",
        {"reference": reference, "authority": "competent authority", "kind": kind,
         "activities": ["manufacture", "testing", "storage"], "from": "2025-07-01",
         "until": "2029-06-30"})
note("Who supplies, and the place.")
add(clock.next(), "reviewer", "organisation.register",
    {"organisation": "SUP-01", "name": "qualified supplier", "activities": ["supply"]})
add(clock.next(), "reviewer", "organisation.record-audit",
    {"organisation": "SUP-01", "report": "AUD-25-110", "passed": True, "intervalMonths": 36})
add(clock.next(), "reviewer", "organisation.record-agreement",
    {"organisation": "SUP-01", "document": "QA-110", "topics": ["quality", "traceability"],
     "from": "2025-09-01", "until": "2028-08-31"})
used = []
for stage in process["stages"]:
    for operation in stage["operations"]:
        used += [m["material"] for m in operation.get("materials", [])]
used = list(dict.fromkeys(used))
add(clock.next(), "reviewer", "organisation.approve-supplier",
    {"organisation": "SUP-01", "materials": used, "isCritical": True})

clock = Clock("2026-03-04T08:00:00Z")
rooms = [("ROOM-201", "airlock and gowning", "airlock", "C"),
         ("ROOM-202", "open processing", "processing", "B"),
         ("ROOM-203", "incubators", "incubators", "B")]
for room, name, serves, grade in rooms:
    more = {"segregation": "SEG-101: vessels stay closed"} if serves == "incubators" else {}
    add(clock.next(), "supervisor", "room.register",
        {"room": room, "name": name, "servesAs": serves, "grade": grade, **more})
for room, _, _, grade in rooms:
    counts = [("at-rest", "0.5-um", 3100 if grade == "B" else 320000),
              ("in-operation", "0.5-um", 310000 if grade == "B" else 3200000),
              ("at-rest", "5-um", 20 if grade == "B" else 2500),
              ("in-operation", "5-um", 2500 if grade == "B" else 25000)]
    add(clock.next(), "reviewer", "room.qualify",
        {"room": room, "report": f"RQ-26-{room[-3:]}",
         "tests": ["classification", "filter-integrity", "airflow-volume", "pressure-difference",
                   "air-velocity"],
         "counts": [{"state": s, "size": z, "count": c} for s, z, c in counts]})
    add(clock.next(), "operator-2", "room.record-cleaning",
        {"room": room, "agent": "sporicidal agent, lot D-26-020", "procedure": "SOP-CLEAN-12"})
    add(clock.next(), "supervisor", "room.change-condition",
        {"room": room, "condition": "ready", "reason": "qualified and cleaned"})
pieces = [("BSC-01", "biosafety cabinet", "cabinet", "ROOM-202", "A"),
          ("INC-11", "CO2 incubator", "incubator", "ROOM-203", None),
          ("CRF-11", "controlled-rate freezer", "rate-freezer", "ROOM-202", None),
          ("TANK-11", "vapour tank", "tank", None, None)]
for piece, name, serves, room, grade in pieces:
    body = {"equipment": piece, "name": name, "servesAs": serves, "needsCalibration": True,
            "hasGloves": False}
    body |= {"room": room} if room else {}
    body |= {"grade": grade} if grade else {}
    add(clock.next(), "supervisor", "equipment.register", body)
    add(clock.next(), "reviewer", "equipment.qualify",
        {"equipment": piece, "report": f"EQ-26-{piece}", "months": 6 if grade else 24})
    add(clock.next(), "operator-2", "equipment.record-calibration",
        {"equipment": piece, "certificate": f"CAL-26-{piece}", "asFound": "in-tolerance",
         "due": "2027-03-31"})

note("The instructions people work by, with their files, and the methods of the laboratory.")
clock = Clock("2026-03-27T08:00:00Z")
for name, kind, title, readers in (
        ("SOP-GOWN-11", "procedure", "Gowning for grade B", ["operator", "supervisor"]),
        ("WI-DIFF-11", "instruction", "Medium changes of the differentiation", ["operator"])):
    add(clock.next(), "supervisor", "document.register",
        {"document": name, "kind": kind, "title": title, "version": "1", "reason": "first issue",
         "file": {"$file": f"documents/{name}-1.md"}, "readers": readers})
    add(clock.next(), "reviewer", "document.approve",
        {"document": name, "version": "1", "effective": "2026-04-02"})
    for person in ("operator-1", "operator-2", "supervisor")[:3 if len(readers) > 1 else 2]:
        add(clock.next(), "reviewer", "people.record-training",
            {"person": person, "instruction": name, "document": f"TR-26-{name}-{person}"})
add(clock.next(), "supervisor", "equipment.register",
    {"equipment": "GDS-11", "name": "growth detection system", "servesAs": "growth-detector",
     "needsCalibration": True, "hasGloves": False})
add(clock.next(), "reviewer", "equipment.qualify",
    {"equipment": "GDS-11", "report": "EQ-26-GDS-11", "months": 24})
add(clock.next(), "operator-2", "equipment.record-calibration",
    {"equipment": "GDS-11", "certificate": "CAL-26-GDS-11", "asFound": "in-tolerance",
     "due": "2027-03-31"})
add(clock.next(), "reviewer", "testing.register-method",
    {"method": "sterility", "version": "1", "document": "QC-ST-11 version 1",
     "instruments": ["growth-detector"]})
add(clock.next(), "supervisor", "testing.qualify-analyst",
    {"method": "sterility", "person": "analyst", "document": "AQ-26-001"})

note("People are trained, gowned and proven in three simulations.")
clock = Clock("2026-04-01T08:00:00Z")
for person in ("operator-1", "operator-2", "supervisor"):
    add(clock.next(), "reviewer", "people.record-training",
        {"person": person, "definition": DEFINITION, "document": f"TR-26-{person}"})
for day in ("02", "03", "06"):
    clock = Clock(f"2026-04-{day}T08:00:00Z")
    for person in ("operator-1", "operator-2"):
        add(clock.next(), "analyst", "people.assess-gowning",
            {"person": person, "grade": "B", "looksRight": True,
             "plates": [{"site": site, "colonies": 0}
                        for site in ("left-glove", "right-glove", "forearm", "chest", "hood")]})
for number, day in enumerate(("2026-04-14", "2026-04-28", "2026-05-12"), 1):
    add(f"{day}T17:00:00Z", "supervisor", "simulation.record",
        {"simulation": f"APS-{100 + number}", "definition": DEFINITION,
         "steps": programme["covers"], "shift": "day", "operators": ["operator-1", "operator-2"],
         "interventions": programme["interventions"], "duration": programme["duration"],
         "filled": 150, "incubated": 150})
for number, day in enumerate(("2026-04-29", "2026-05-13", "2026-05-27"), 1):
    add(f"{day}T09:00:00Z", "analyst", "simulation.read",
        {"simulation": f"APS-{100 + number}", "contaminated": 0, "report": f"APS-{100 + number}-R"})

note("The line with its life so far, and the working bank, received and tested.")
clock = Clock("2026-04-07T08:00:00Z")
add(clock.next(), "reviewer", "line.register",
    {"line": "LINE-01", "name": line["name"], "provider": line["provider"],
     "consent": line["consent"]["document"], "dueDiligence": line["due-diligence"]["document"],
     "strProfile": line["str-profile"], "isInduced": False})
for stretch in line["history"]:
    first, last = stretch["passages"].split("..")
    add(clock.next(), "reviewer", "line.record-stretch",
        {"line": "LINE-01", "fromPassage": int(first), "toPassage": int(last),
         "event": stretch["event"], "site": stretch["site"], "began": str(stretch["date"]),
         "materials": stretch["materials"]})
note("Another line was looked at; the scorecards say why this one was chosen.")
add(clock.next(), "reviewer", "line.register",
    {"line": "LINE-02", "name": "example induced line", "provider": "public stem-cell bank",
     "consent": "CONSENT-LINE-02", "dueDiligence": "DD-002", "strProfile": "BT-302",
     "isInduced": True})
for name, scores in (("LINE-01", (9, 8, 9, 7, 9)), ("LINE-02", (7, 6, 9, 8, 7))):
    criteria_of_line = ("history", "genetics", "consent", "licence", "differentiation")
    add(clock.next(), "reviewer", "line.score",
        {"line": name, "scores": [
            {"criterion": criterion, "weight": weight, "score": score,
             "evidence": f"DD-00{name[-1]} section {section}"}
            for section, (criterion, weight, score) in enumerate(
                zip(criteria_of_line, (3, 5, 4, 2, 5), scores), 2)]})
add(clock.next(), "reviewer", "line.select",
    {"line": "LINE-01", "comparedWith": ["LINE-02"],
     "reason": "banked and karyotyped twice at this site; no variant of chromosome 20"})
add(clock.next(), "operator-1", "bank.receive",
    {"bank": BANK, "definition": DEFINITION, "kind": "wcb", "line": "LINE-01", "batch": "EXT-WCB-01",
     "maker": "bank facility of the developer", "certificate": "COA-WCB-01",
     "passage": int(bank["passage"]), "doublings": bank["pdl"], "freezings": 2, "count": 60,
     "cells": bank["cells-per-vial"], "place": "LN2-11 rack A", "highestTemperature": "-171 °C"})
clock = Clock("2026-05-20T08:00:00Z")
for test in bank["tests"]:
    body = {"bank": BANK, "test": test["test"], "reference": test["document"]}
    limits = criteria(test)
    if len(limits) == 1 and limits[0] != "report":
        body["observation"] = observation(limits[0])
    else:
        # Where the specification has no criterion, two people hold the finding against the protocol.
        body |= {"observation": "found " + test["detail"] if "detail" in test else "as specified",
                 "passes": True, "verifiedBy": "reviewer"}
    if test.get("assay") == "sterility":
        body["instruments"] = ["GDS-11"]
    add(clock.next(10), "analyst", "bank.record-test", body)
add(clock.next(), "reviewer", "bank.release", {"bank": BANK})

note("Materials that keep; fresh media follow on the day they are used.")
clock = Clock("2026-05-21T08:00:00Z")
lots, number = {}, 0


def receive(material, clock, days=None):
    global number
    number += 1
    name = f"PM-26-{number:03d}"
    unit = next(m["amount"].split(" ", 1)[1] for s in process["stages"] for o in s["operations"]
                for m in o.get("materials", []) if m["material"] == material)
    # "1 item" and "2 kits" are counted in the same unit.
    unit = {"item": "items", "kit": "kits"}.get(unit, unit)
    expires = (clock.now + timedelta(days=days or 500)).date()
    add(clock.next(), "operator-1", "material.receive",
        {"lot": name, "material": material, "supplier": "qualified supplier",
         "supplierLot": f"Q{7000 + 13 * number}", "expiry": str(expires),
         "quantity": f"20000 {unit}"})
    add(clock.next(), "reviewer", "material.release",
        {"lot": name, "certificate": f"COA-{900 + number}"})
    lots[material] = (name, expires)


def shelf_life(material):
    text = materials.get(material, {}).get("shelf-life") if "recipe" in materials.get(
        material, {}) else None
    return int(text.split(" ")[0]) if text else None


for material in used:
    if shelf_life(material) is None:
        receive(material, clock)

# Viable cells at each point: the site works out the rest.
COUNTS = {
    "thaw": [("seeded", 2.4e6)],
    "passage": [("harvested", 2.72e7), ("seeded", 5.25e6)],
    "expand-2": [("harvested", 5.94e7)],
    "seed-0": [("seeded", 1.272e7)],
    "replate": [("harvested", 1.4e9), ("formulated", 1.19e9), ("seeded", 1.0176e9)],
    "harvest-16": [("harvested", 2.035e9), ("formulated", 1.73e9)],
    "formulate": [("formulated", 1.557e9)],
}


session = 0


def monitor(begin, end, step):
    """The air of an open session in the cabinet and around it."""
    global session
    session += 1
    minutes = int((end - begin).total_seconds() // 60) + 10
    add(end + timedelta(seconds=20), "operator-2", "environment.import-particle-series",
        {"place": "BSC-01", "state": "in-operation",
         "from": (begin - timedelta(minutes=10)).strftime(FORM), "to": end.strftime(FORM),
         "flow": "28.3 L/min", "samples": minutes, "halfMicrometreMax": 180 + 31 * session,
         "fiveMicrometresMax": session % 4, "file": digest(f"BSC-01 {step}")})
    plate, air = f"EM-26-{2 * session - 1:03d}", f"EM-26-{2 * session:03d}"
    add(end + timedelta(seconds=30), "operator-2", "environment.take-sample",
        {"sample": plate, "place": "BSC-01", "location": "working position 1",
         "method": "settle-plate", "state": "in-operation", "exposedMinutes": minutes})
    add(end + timedelta(seconds=40), "operator-2", "environment.take-sample",
        {"sample": air, "place": "ROOM-202", "location": "beside the cabinet",
         "method": "active-air", "state": "in-operation", "litres": 1000})
    later = (end + timedelta(days=5)).replace(hour=11, minute=session % 60, second=0)
    for sample, colonies in ((plate, 0), (air, session % 4)):
        add(later, "analyst", "environment.read-sample", {"sample": sample, "colonies": colonies})
        later += timedelta(seconds=20)


note("The first clinical batch: day -8 is the first of June.")
start = datetime(2026, 6, 1)
add("2026-06-01T06:00:00Z", "supervisor", "batch.open",
    {"batch": BATCH, "definition": DEFINITION, "stage": "expansion"})
clock = Clock("2026-06-01T06:30:00Z")
operations = [o for s in process["stages"] for o in s["operations"]
              if o["kind"] not in ("test", "release")]
for index, operation in enumerate(operations):
    step, where = operation["id"], {"batch": BATCH, "step": operation["id"]}
    day = start + timedelta(days=int(operation["day"]) + 8)
    if clock.now.date() < day.date():
        clock.now = day.replace(hour=7)
    for use in operation.get("materials", []):
        life = shelf_life(use["material"])
        if life and (use["material"] not in lots or lots[use["material"]][1] < clock.now.date()):
            receive(use["material"], clock, life)
    is_open = operation.get("state") == "open"
    if is_open:
        add(clock.next(), "operator-2", "environment.record-pressure",
            {"room": "ROOM-202", "beside": "ROOM-201", "difference": "16 Pa"})
    if operation.get("line-clearance") == "yes":
        add(clock.next(), "operator-1", "batch.clear-line", {**where, "room": "ROOM-202"})
    begin = clock.next()
    add(begin, "operator-1", "batch.start-step", where)
    for vial in range(int(operation.get("vials", {}).get("count", 0))):
        add(clock.next(), "operator-1", "batch.use-container",
            {**where, "container": f"{BANK}-{vial + 1:03d}"})
    for use in operation.get("materials", []):
        amount, unit = use["amount"].split(" ", 1)
        unit = {"item": "items", "kit": "kits"}.get(unit, unit)
        add(clock.next(), "operator-1", "batch.consume-material",
            {**where, "lot": lots[use["material"]][0], "quantity": f"{amount} {unit}"})
    if operation["kind"] == "culture":
        # The culture goes on until the next operation; its values are read at the end.
        following = start + timedelta(days=int(operations[index + 1]["day"]) + 8)
        clock.now = following.replace(hour=7)
    for parameter in operation.get("parameters", []):
        if parameter.get("kind") != "calculated":
            add(clock.next(), "operator-1", "batch.record-parameter",
                {**where, "parameter": parameter["id"], "value": parameter["target"]})
    for point, cells in COUNTS.get(step, []):
        add(clock.next(), "operator-1", "batch.record-count",
            {**where, "point": point, "concentrations": ["1.02e6 cells/mL", "0.98e6 cells/mL"],
             "viability": "92 %", "volume": f"{cells / 1e6 / 0.92:.2f} mL"})
    integrity = operation.get("integrity", {})
    if integrity.get("connection-check") == "yes" and not is_open:
        add(clock.next(), "operator-1", "batch.record-check",
            {**where, "check": "connections", "observation": "tight"})
    for control in operation.get("controls", []):
        add(clock.next(), "operator-1", "batch.record-check",
            {**where, "check": control["id"], "observation": observation(control["limit"])})
    if any(o.get("kind") == "drug product" for o in operation.get("outputs", [])):
        add(clock.next(), "operator-1", "batch.fill",
            {**where, "count": 130, "place": "LN2-12 rack A"})
    end = clock.next()
    add(end, "operator-1", "batch.complete-step", where)
    if is_open:
        monitor(begin, end, step)
    if operation.get("second-check") == "yes" or any(
            p.get("second-check") == "yes" for p in operation.get("parameters", [])):
        add(clock.next(), "operator-2", "batch.verify-step", where)
add(clock.next(20), "supervisor", "batch.complete", {"batch": BATCH})

note("Testing, review and certification.")
clock = Clock("2026-08-06T08:00:00Z")
for index, test in enumerate(specifications["spec-product"]["tests"]):
    if test.get("characterisation") == "yes":
        continue
    name = "-".join(re.findall(r"[a-z0-9]+", test["name"].lower()))
    add(clock.next(15), "analyst", "testing.record-result",
        {"batch": BATCH, "test": name, "observation": observation(test["limit"]),
         "reference": f"QC-26-{100 + index}",
         **({"instruments": ["GDS-11"]} if test.get("assay") == "sterility" else {})})
add("2026-08-12T09:00:00Z", "reviewer", "batch.review", {"batch": BATCH})
add("2026-08-13T09:00:00Z", "qp", "batch.certify", {"batch": BATCH}, expect="release.points-open")
add("2026-08-13T09:10:00Z", "qp", "batch.confirm-points",
    {"batch": BATCH, "clauses": ["1.7.9", "1.7.10", "1.7.19", "1.7.20", "1.7.21"],
     "evidence": "trial master file and audit file, as of this day"})
add("2026-08-13T09:20:00Z", "qp", "batch.certify", {"batch": BATCH})

# Plates are read days after they were taken: put every command in its time, below its heading.
commands = [(c["at"], i, c) for i, c in enumerate(out) if isinstance(c, dict) and "at" in c]
heading = {}
for index, item in enumerate(out):
    if isinstance(item, str):
        following = next((i for i in range(index, len(out))
                          if isinstance(out[i], dict) and "at" in out[i]), None)
        heading.setdefault(following, []).append(item)
with target.open("w") as file:
    first = True
    for at, index, command in sorted(commands, key=lambda c: c[:2]):
        for text in heading.get(index, []):
            file.write(f"# {text}\n")
        if first:
            passwords = next(c for c in out if isinstance(c, dict) and "passwords" in c)
            file.write(json.dumps(passwords) + "\n")
            first = False
        file.write(json.dumps(command, ensure_ascii=False) + "\n")
print(f"{len(commands)} commands")
