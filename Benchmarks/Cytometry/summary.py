#!/usr/bin/env python3
"""Lines of measurements to one table: summary.py < LINES. Checks that all counts agree.

CPU seconds are compared, because they do not depend on what else the machine does; the least of
several runs counts, because disturbance only ever adds."""
import collections, json, sys

sizes = collections.OrderedDict()
for line in sys.stdin:
    record = json.loads(line)
    peers = sizes.setdefault(record["events"], collections.OrderedDict())
    peers.setdefault(record["peer"], []).append(record)

agree = True
for events, peers in sizes.items():
    print(f"{events} events")
    print(f"  {'':18}{'CPU s':>9}{'wall s':>9}{'peak MB':>9}")
    least = {}
    for peer, runs in peers.items():
        best = min(runs, key=lambda run: run["cpu"])
        least[peer] = best["cpu"]
        wall = min(run["seconds"] for run in runs)
        peak = best.get("peak_mb", "")
        print(f"  {peer:18}{best['cpu']:9.4f}{wall:9.4f}{peak:>9}")
    counts = {json.dumps({k: int(v) for k, v in sorted(run["gates"].items())})
              for runs in peers.values() for run in runs if "gates" in run}
    agree = agree and len(counts) == 1
    print("  the counts of all gates are the same" if len(counts) == 1 else f"  COUNTS DIFFER: {counts}")
    def ratio(words, above, below):
        if above in least and below in least and least[below] > 0:
            print(f"  {words}: {least[above] / least[below]:.2f}")
    ratio("FlowKit / one thread", "flowkit", "seedlot_gate_1t")
    ratio("one thread / C program", "seedlot_gate_1t", "c_1t")
    ratio("CPU of two threads / of one", "seedlot_gate_2t", "seedlot_gate_1t")
    ratio("CPU of two C threads / of one", "c_2t", "c_1t")
    ratio("reading every value / touching the mapped file", "seedlot_pass_1t", "c_touch")
    if "seedlot_gate_1t" in peers and "seedlot_gate_2t" in peers:
        one = min(run["seconds"] for run in peers["seedlot_gate_1t"])
        two = min(run["seconds"] for run in peers["seedlot_gate_2t"])
        print(f"  two threads are {one / two:.2f} times as fast by the clock")
sys.exit(0 if agree else 1)
