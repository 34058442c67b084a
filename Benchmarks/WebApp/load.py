"""Serves the demonstration site and a bare handler, and loads both with wrk."""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

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


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def sign_in(address, person):
    body = urllib.parse.urlencode({"person": person, "password": PASSWORD}).encode()
    opener = urllib.request.build_opener(NoRedirect)
    for _ in range(20):
        try:
            opener.open(address + "/sign-in", body, timeout=120)
        except urllib.error.HTTPError as answer:
            if answer.code == 303:
                return answer.headers["Set-Cookie"].split(";")[0]
            time.sleep(1)
    raise RuntimeError(f"{person} cannot sign in")


def memory(process):
    """Resident memory in MB, now and at its highest."""
    text = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return [int(re.search(rf"{name}:\s+(\d+)", text)[1]) / 1024 for name in ("VmRSS", "VmHWM")]


def load(name, address, folder, seconds, connections):
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
    return broken + refused


def render_times(address, cookie):
    """Milliseconds to make each page, the median of ten, one request at a time."""
    times = []
    for path in PAGES:
        samples = []
        for _ in range(10):
            request = urllib.request.Request(address + path, headers={"Cookie": cookie})
            start = time.perf_counter()
            with urllib.request.urlopen(request, timeout=60) as answer:
                answer.read()
            samples.append((time.perf_counter() - start) * 1000)
        times.append((sorted(samples)[5], path))
    return sorted(times)


def main():
    binaries, seconds, sessions = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        ready = pathlib.Path(folder, "ready")
        site = subprocess.Popen(
            [binaries / "seedlot", "demo", "--directory", f"{folder}/site", "--port", "0",
             "--ready-file", str(ready)], cwd=REPOSITORY, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        bare = subprocess.Popen(
            [binaries / "BareServer", "8097"], stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        try:
            while not ready.exists():
                if site.poll() is not None:
                    raise RuntimeError("the site does not start")
                time.sleep(0.1)
            address = ready.read_text().strip().rstrip("/")
            start = time.monotonic()
            with concurrent.futures.ThreadPoolExecutor(32) as pool:
                cookies = list(pool.map(
                    lambda number: sign_in(address, PEOPLE[number % len(PEOPLE)]),
                    range(sessions)))
            print(f"{sessions} sign-ins, 32 at a time: {time.monotonic() - start:.1f} s")
            pathlib.Path(folder, "cookies").write_text("\n".join(cookies) + "\n")
            for name, base, paths in [
                ("bare Hummingbird, 2 bytes", "http://127.0.0.1:8097", ["/"]),
                ("bare Hummingbird, 24 kB", "http://127.0.0.1:8097", ["/page"]),
                (f"site, {len(PAGES)} mixed pages", address, PAGES),
            ]:
                pathlib.Path(folder, "paths").write_text("\n".join(paths) + "\n")
                failures += load(name, base, folder, seconds, sessions)
            now, most = memory(site)
            print(f"memory of the site: {now:.0f} MB, at its highest {most:.0f} MB")
            times = render_times(address, cookies[0])
            print(f"a page, alone: median {times[len(times) // 2][0]:.1f} ms")
            for milliseconds, path in times[-5:]:
                print(f"  {milliseconds:7.1f} ms  {path}")
        finally:
            for process in (site, bare):
                process.terminate()
                process.wait(timeout=60)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
