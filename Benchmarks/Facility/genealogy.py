"""Whole traces in a synthetic genealogy: rustworkx, networkx and SQLite.

Writes the same graph for the Swift side. The graph has twelve layers of equal size; every thing
is made from two of the layer before and takes three raw materials of the first layer.
"""
import random, sqlite3, sys, time
from pathlib import Path

import networkx as nx
import rustworkx as rx

things = int(sys.argv[1]) if len(sys.argv) > 1 else 250_000
folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(".")
layers, rng = 12, random.Random(7)
width = things * 8 // 10 // layers  # the rest are vials that were filled and not used
edges = set()
for layer in range(1, layers):
    for i in range(width):
        child = layer * width + i
        for parent in rng.sample(range((layer - 1) * width, layer * width), 2):
            edges.add((parent, child))
        for parent in rng.sample(range(width), 3):
            edges.add((parent, child))
used = layers * width
for vial in range(used, things):
    edges.add((rng.randrange(width, used), vial))
edges = sorted(edges, key=lambda e: (e[1], e[0]))
last = [(layers - 1) * width + k for k in (1, 50, 99, 150, 199)]
first = [3, 77, 500, 900, 1300]
print(f"{things} things, {len(edges)} edges")
(folder / "edges.txt").write_text("".join(f"{p} {c}\n" for p, c in edges))
(folder / "starts.txt").write_text(
    "".join(f"back {n}\n" for n in last) + "".join(f"forward {n}\n" for n in first))


def report(name, trace, nodes):
    times, reached = [], []
    for _ in range(7):
        for node in nodes:
            start = time.perf_counter()
            count = trace(node)
            times.append((time.perf_counter() - start) * 1e3)
            reached.append(count)
    times.sort()
    print(f"{name:34} min {times[0]:.3f} median {times[len(times) // 2]:.3f} "
          f"max {times[-1]:.3f} ms, reached {sorted(reached)[len(reached) // 2]}", flush=True)


graph = rx.PyDiGraph()
graph.add_nodes_from(list(range(things)))
graph.add_edges_from_no_data(edges)
report("rustworkx ancestors", lambda n: len(rx.ancestors(graph, n)), last)
report("rustworkx descendants", lambda n: len(rx.descendants(graph, n)), first)

# What a person asks for has names: the same reach, with the name of each thing in a list.
names = [str(n) for n in range(things)]
report("rustworkx ancestors, names", lambda n: len([names[i] for i in rx.ancestors(graph, n)]),
       last)
report("rustworkx descendants, names",
       lambda n: len([names[i] for i in rx.descendants(graph, n)]), first)

network = nx.DiGraph(edges)
report("networkx ancestors", lambda n: len(nx.ancestors(network, n)), last)
report("networkx descendants", lambda n: len(nx.descendants(network, n)), first)

base = sqlite3.connect(":memory:")
base.execute("create table e(p int not null, c int not null, primary key(c, p)) without rowid")
base.executemany("insert into e values(?, ?)", edges)
base.execute("create index ep on e(p, c)")
walk = ("with recursive r(n) as (values(?) union select e.{0} from e join r on e.{1} = r.n) "
        "select count(*) - 1 from r")
report("SQLite, back", lambda n: base.execute(walk.format("p", "c"), (n,)).fetchone()[0], last)
report("SQLite, forward", lambda n: base.execute(walk.format("c", "p"), (n,)).fetchone()[0], first)
