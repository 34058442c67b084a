"""Serves a site and a bare handler, loads both with wrk, and tells what each page costs."""

import argparse
import concurrent.futures
import contextlib
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import urllib.parse

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
PASSWORD = "demonstration"
PEOPLE = ["operator-1", "operator-2", "supervisor", "analyst", "reviewer", "qp", "inspector"]
# What people look at in a day: lists, a batch, a step, pictures, the trail.
PAGES = [
    "/", "/batches", "/batches/B-26-004", "/batches/B-26-004/steps/p4", "/batches/B-26-003",
    "/batches/B-26-003/review", "/genealogy/B-26-003", "/banks", "/materials?q=medium",
    "/storage", "/environment", "/rooms/ROOM-102", "/equipment", "/testing?sort=attribute",
    "/trends", "/events", "/events/DEV-0003", "/people", "/training", "/due", "/audit",
    "/audit?person=operator-1", "/rules?q=donor", "/definitions/UCMSC-0.4.0", "/ledger",
    "/commands", "/materials?format=csv", "/search?q=WCS",
]
# What takes long by its nature, and must hold up nobody else.
SLOW = [
    ("paper as PDF", "GET", "/papers/B-26-003/batch-record?format=pdf"),
    ("the trail as CSV", "GET", "/audit?format=csv"),
    ("the past", "GET", "/batches/B-26-003?as-of=500"),
    ("verification", "POST", "/ledger/verification"),
    ("sign-in", "POST", "/sign-in"),
]
LISTENERS = 200


class Door:
    """One connection to the site, kept open, with the session of one person."""

    def __init__(self, address, cookie=None):
        parts = urllib.parse.urlsplit(address)
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=600)
        self.cookie = cookie

    def ask(self, method, path, fields=None):
        """Status, headers and bytes of an answer, and the seconds until it was there."""
        headers = {"Accept-Encoding": "gzip"} if fields is None else {}
        if self.cookie:
            headers["Cookie"] = self.cookie
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        data = answer.read()
        return answer.status, answer.headers, data, time.perf_counter() - start

    def plain(self, path):
        """An answer as it is without compression."""
        self.connection.request("GET", path, headers={"Cookie": self.cookie})
        return self.connection.getresponse().read().decode()


def sign_in(address, person):
    for _ in range(20):
        status, headers, _, _ = Door(address).ask(
            "POST", "/sign-in", {"person": person, "password": PASSWORD})
        if status == 303:
            return headers["Set-Cookie"].split(";")[0]
        time.sleep(1)
    raise RuntimeError(f"{person} cannot sign in")


def memory(process, name="VmRSS"):
    """Resident memory in MB: now, or VmHWM at its highest."""
    text = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(rf"{name}:\s+(\d+)", text)[1]) / 1024


def processor_seconds(process):
    """Time that the process was on a processor, to the nanosecond: a busy machine changes it
    little. The number is that of its clock (clock_getcpuclockid)."""
    return time.clock_gettime(~process.pid << 3 | 2)


@contextlib.contextmanager
def watched_memory(process):
    """The memory of `process`, once a second."""
    samples, over = [], threading.Event()

    def watch():
        while not over.wait(1):
            samples.append(round(memory(process), 1))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield samples
    finally:
        over.set()
        thread.join()


def load(name, address, folder, paths, seconds, connections):
    """Rate, latency and errors of `connections` readers of `paths`, each at once with the next."""
    pathlib.Path(folder, "paths").write_text("\n".join(paths) + "\n")
    answer = subprocess.run(
        ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "--latency",
         "-s", str(REPOSITORY / "Benchmarks/WebApp/pages.lua"), address],
        env=os.environ | {"SEEDLOT_LOAD": folder}, capture_output=True, text=True)
    found = re.search(r"RESULT (.*)", answer.stdout)
    if not found:
        raise RuntimeError(answer.stdout + answer.stderr)
    count, rate, p50, p99, most, broken, refused = map(float, found[1].split())
    print(
        f"{name:28} {rate:9.0f}/s  p50 {p50:8.2f} ms  p99 {p99:8.2f} ms  max {most:8.0f} ms  "
        f"{count:8.0f} answers  {broken:.0f} broken, {refused:.0f} refused", flush=True)
    return {
        "name": name, "rate": rate, "p50_ms": p50, "p99_ms": p99, "max_ms": most,
        "answers": int(count), "broken": int(broken), "refused": int(refused),
    }


def render_times(site, address, cookie, paths, rounds):
    """What each page costs, one request at a time: the median in milliseconds, the mean of the
    processor time, and the size."""
    door = Door(address, cookie)
    pages = []
    for path in paths:
        samples = []
        door.ask("GET", path)
        before = processor_seconds(site)
        for _ in range(rounds):
            status, headers, data, seconds = door.ask("GET", path)
            samples.append(seconds * 1000)
            # A page that takes seconds is known well enough after a few.
            if sum(samples) > 10_000:
                break
        used = (processor_seconds(site) - before) / len(samples)
        pages.append({
            "path": path, "status": status, "processor_ms": round(used * 1000, 2), "ms": round(sorted(samples)[len(samples) // 2], 2),
            "sent_bytes": len(data),
            "bytes": len(door.plain(path)),
        })
    return pages


def slow_things(address, cookie, folder, seconds, sessions):
    """Readers beside what takes long: both must go on."""
    times, over = {}, threading.Event()

    def work(name, method, path):
        # Whoever signs in at a screen where somebody is signed in takes over from them.
        door = Door(address, None if path == "/sign-in" else cookie)
        while not over.is_set():
            fields = None
            if path == "/sign-in":
                fields = {"person": "analyst", "password": PASSWORD}
            elif method == "POST":
                token = re.search(
                    r'name="form-token" value="([^"]+)"', door.plain("/ledger"))[1]
                fields = {"form-token": token}
            status, _, _, took = door.ask(method, path, fields)
            times.setdefault(name, []).append((round(took, 3), status))

    threads = [threading.Thread(target=work, args=slow) for slow in SLOW]
    for thread in threads:
        thread.start()
    result = load("site, beside slow things", address, folder, PAGES, seconds, sessions)
    over.set()
    for thread in threads:
        thread.join()
    result["slow"] = {
        name: {
            "count": len(found), "median_s": sorted(found)[len(found) // 2][0],
            "statuses": sorted({status for _, status in found}),
        } for name, found in times.items()
    }
    for name, found in result["slow"].items():
        print(f"  {name:26} {found['count']:5} times, median {found['median_s']:.2f} s, "
              f"answers {found['statuses']}")
    return result


def listeners(address, cookies):
    """Seconds until every open page has heard of a new entry."""
    doors = []
    for number in range(LISTENERS):
        door = Door(address, cookies[number % len(cookies)])
        door.connection.request("GET", "/live", headers={"Cookie": door.cookie})
        answer = door.connection.getresponse()
        if answer.status != 200:
            raise RuntimeError(f"/live answers {answer.status}")
        doors.append((door, answer))
    heard = []

    def listen(answer):
        seen = 0
        while seen < 2:  # the size at the start, and the size after the entry
            if answer.readline().startswith(b"data:"):
                seen += 1
        heard.append(time.perf_counter())

    threads = [threading.Thread(target=listen, args=(answer,), daemon=True)
               for _, answer in doors]
    for thread in threads:
        thread.start()
    time.sleep(1)
    start = time.perf_counter()
    sign_in(address, "analyst")  # recorded in the ledger
    signed = time.perf_counter()
    for thread in threads:
        thread.join(timeout=60)
    slowest = max(heard) - signed if heard else float("nan")
    print(f"{len(heard)} of {LISTENERS} open pages heard of an entry, the last "
          f"{slowest * 1000:.0f} ms after it was answered", flush=True)
    for door, _ in doors:
        door.connection.close()
    return {"listeners": LISTENERS, "heard": len(heard), "last_ms": slowest * 1000,
            "sign_in_ms": (signed - start) * 1000}


@contextlib.contextmanager
def served(binaries, folder, made):
    """The demonstration site, or a copy of one that was made before, until the block ends."""
    ready = pathlib.Path(folder, "ready")
    if made:
        shutil.copytree(made, pathlib.Path(folder, "site"))
    start = time.monotonic()
    with open(pathlib.Path(folder, "log"), "w+") as log:
        site = subprocess.Popen(
            [binaries / "seedlot", "demo", "--directory", f"{folder}/site", "--port", "0",
             "--ready-file", str(ready)], cwd=REPOSITORY, stdout=log, stderr=log)
        try:
            while not ready.exists():
                if site.poll() is not None:
                    log.seek(0)
                    raise RuntimeError("the site does not start:\n" + log.read())
                time.sleep(0.02)
            yield site, ready.read_text().strip().rstrip("/"), time.monotonic() - start
        finally:
            if site.poll() is None:
                stop = time.monotonic()
                site.send_signal(signal.SIGTERM)
                status = site.wait(timeout=120)
                print(f"stopped with {status} in {time.monotonic() - stop:.1f} s")


def measure(options, folder):
    report = {"seconds": options.seconds, "sessions": options.sessions}
    with served(options.binaries, folder, options.site) as (site, address, opened):
        report["opened_s"] = round(opened, 2)
        report["memory_start_mb"] = round(memory(site), 1)
        print(f"open after {opened:.1f} s, {memory(site):.0f} MB")
        start = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(32) as pool:
            cookies = list(pool.map(
                lambda number: sign_in(address, PEOPLE[number % len(PEOPLE)]),
                range(options.sessions)))
        report["sign_ins_s"] = round(time.monotonic() - start, 1)
        print(f"{options.sessions} sign-ins, 32 at a time: {report['sign_ins_s']} s")
        pathlib.Path(folder, "cookies").write_text("\n".join(cookies) + "\n")
        # One who may see everything and has much to do.
        report["pages"] = render_times(
            site, address, cookies[4], PAGES + options.page, options.rounds)
        report["loads"] = bare(options, folder)
        before = processor_seconds(site)
        with watched_memory(site) as samples:
            load_of_site = load(
                f"site, {len(PAGES)} mixed pages", address, folder, PAGES, options.seconds,
                options.sessions)
        used = processor_seconds(site) - before
        load_of_site["processor_ms_an_answer"] = round(1000 * used / load_of_site["answers"], 2)
        load_of_site["memory_mb"] = samples
        report["loads"].append(load_of_site)
        print(
            f"  {load_of_site['processor_ms_an_answer']} ms of processor time an answer; memory "
            + ", ".join(f"{samples[second - 1]:.0f} MB after {second} s"
                        for second in (1, 10, 30, 60) if second <= len(samples))
            + f", at its highest {memory(site, 'VmHWM'):.0f} MB")
        report["loads"].append(
            slow_things(address, cookies[4], folder, options.seconds, options.sessions))
        report["live"] = listeners(address, cookies)
        report["memory_end_mb"] = round(memory(site), 1)
        print(f"memory at the end {memory(site):.0f} MB")
    return report


def bare(options, folder):
    """The same readers before a handler that makes nothing."""
    process = subprocess.Popen(
        [options.binaries / "BareServer", "8097"], stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    try:
        address = "http://127.0.0.1:8097"
        for _ in range(100):
            with contextlib.suppress(OSError):
                Door(address).ask("GET", "/")
                break
            time.sleep(0.1)
        return [
            load(name, address, folder, [path], options.seconds, options.sessions)
            for name, path in [("bare Hummingbird, 2 bytes", "/"),
                               ("bare Hummingbird, 24 kB", "/page")]
        ]
    finally:
        process.terminate()
        process.wait(timeout=60)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binaries", type=pathlib.Path, help="where seedlot and BareServer lie")
    parser.add_argument("--seconds", type=int, default=60, help="length of each load")
    parser.add_argument("--sessions", type=int, default=200, help="people signed in")
    parser.add_argument("--site", type=pathlib.Path, help="a site made before, to be copied")
    parser.add_argument("--page", action="append", default=[], help="another page to be timed")
    parser.add_argument("--rounds", type=int, default=9, help="requests of each page alone")
    parser.add_argument("--json", type=pathlib.Path, help="a file for all figures")
    parser.add_argument("--pages-only", action="store_true", help="only what each page costs")
    options = parser.parse_args()
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        if options.pages_only:
            with served(options.binaries, folder, options.site) as (site, address, opened):
                cookie = sign_in(address, "reviewer")
                report = {
                    "opened_s": round(opened, 2), "memory_start_mb": round(memory(site), 1),
                    "pages": render_times(
                        site, address, cookie, PAGES + options.page, options.rounds),
                    "memory_end_mb": round(memory(site), 1),
                }
                print(f"open after {opened:.1f} s, {report['memory_start_mb']} MB, "
                      f"after the pages {report['memory_end_mb']} MB")
        else:
            report = measure(options, folder)
            failures = sum(load["broken"] + load["refused"] for load in report["loads"])
    pages = sorted(report["pages"], key=lambda page: page["processor_ms"])
    print(f"a page alone: median {pages[len(pages) // 2]['processor_ms']:.1f} ms of processor time")
    for page in pages:
        print(f"  {page['processor_ms']:9.2f} ms, answered in {page['ms']:9.2f} ms  "
              f"{page['bytes']:9} bytes, {page['sent_bytes']:8} sent  {page['status']}  "
              f"{page['path']}")
        failures += page["status"] != 200
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n")
    raise SystemExit(1 if failures else 0)


if __name__ == "__main__":
    main()
