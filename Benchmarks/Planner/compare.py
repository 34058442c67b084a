"""Compares what `run` measured: numbers first, then times, each the best of its rounds."""
import sys

folder = sys.argv[1]


def rows(name):
    return [[float(value) for value in line.split(",")] for line in open(f"{folder}/{name}")]


for task in ("rows", "rows-heavy"):
    pairs = [
        (ours, theirs)
        for left, right in zip(rows(f"{task}-ours"), rows(f"{task}-simpy"), strict=True)
        for ours, theirs in zip(left, right, strict=True)
    ]
    worst = max(abs(ours - theirs) / max(1, abs(theirs)) for ours, theirs in pairs)
    print(f"{task}: {len(pairs)} numbers, largest relative difference from SimPy {worst:.1e}")
    if worst > 1e-9:
        sys.exit("error: the engines disagree")

best, wall = {}, {}
for line in open(f"{folder}/times"):
    task, engine, count, processor, elapsed = line.rstrip("\n").split("\t")
    key = (task, engine)
    best[key] = max(best.get(key, 0), int(count) / float(processor))
    wall[key] = max(wall.get(key, 0), int(count) / float(elapsed))

for task in ("base", "heavy"):
    ours = best[task, "Seedlot, 1 thread"]
    print(f"\n{task}: replications per processor second")
    for (name, engine), rate in best.items():
        if name == task:
            ratio = "" if engine.startswith("Seedlot") else f"   we are {ours / rate:6.1f} times as fast"
            print(f"  {engine:24} {rate:10,.0f}{ratio}")
    two = wall[task, "Seedlot, 2 threads"] / wall[task, "Seedlot, 1 thread"]
    print(f"  two threads give {two:.2f} times the replications of one in the same time")

print("\nmost memory held, one thread")
for line in open(f"{folder}/memory"):
    _, count, kilobytes = line.split()
    print(f"  {int(count):7,} replications  {int(kilobytes) / 1024:6.1f} MB")
