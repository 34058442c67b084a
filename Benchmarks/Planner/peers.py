"""The same campaign with the peers, one thread, printing the lines that `run` compares:
task, engine, replications, processor seconds, wall seconds.

    peers.py TASK      base | heavy | rows | rows-heavy

SimPy runs the model as processes; numba compiles the same state machine as ours; numpy follows
each batch by a recursion over arrays and knows no waiting. All take the same draws (Philox4x32-10),
so SimPy and numba must give our numbers, replication by replication."""
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent / "peers"))
import numpy as np  # noqa: E402
import params as P  # noqa: E402

task = sys.argv[1]
SEED = 20_260_101
if task.endswith("heavy"):
    P.NB, P.BATCH_INTERVAL = 96, 84.0
import simpy_model  # noqa: E402


def measure(engine, replications, body):
    wall, processor = time.perf_counter(), time.process_time()
    body()
    processor, wall = time.process_time() - processor, time.perf_counter() - wall
    print(task, engine, replications, processor, wall, sep="\t", flush=True)


if task.startswith("rows"):
    for row in simpy_model.many((SEED, 0, 5 if task.endswith("heavy") else 40))[1]:
        print(",".join(repr(float(value)) for value in row))
    sys.exit()

count = 12 if task == "heavy" else 150
measure("SimPy", count, lambda: simpy_model.many((SEED, 0, count)))

import draws  # noqa: E402
import numba_model  # noqa: E402
import numpy_vec  # noqa: E402

numba_model.run(SEED, 0, 2)
count = 100 if task == "heavy" else 1000
measure("numba, with its draws", count, lambda: numba_model.run(SEED, 0, count))
given, donors = draws.draws_many(SEED, np.arange(count // 2))
rows = np.zeros((count // 2, 14))
measure("numba, draws given", count // 2, lambda: numba_model.many(given, donors, rows))
measure("numpy, no waiting", count // 2, lambda: numpy_vec.run(given, donors))
