"""Runs tasks as processes, in turns, and prints seconds start to exit and peak memory of each.

    python measure.py BENCH WORK EXAMPLES [SEEDLOT]
"""

import os
import pathlib
import subprocess
import sys
import time

ROUNDS = 5
here = pathlib.Path(__file__).parent
bench, work, examples = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
seedlot = sys.argv[4] if len(sys.argv) > 4 and sys.argv[4] else None
python = sys.executable


def once(command):
    """Wall and processor seconds, and peak memory in MiB, of one run."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        return None
    wall = time.perf_counter() - start
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def compare(title, tasks, rounds=ROUNDS):
    """Prints the best of `rounds` of each task; all tasks take turns."""
    results = {name: [] for name, _ in tasks}
    for _ in range(rounds):
        for name, command in tasks:
            result = once(command)
            if result:
                results[name].append(result)
    print(f"\n{title}")
    ours = None
    for name, _ in tasks:
        runs = results[name]
        if not runs:
            print(f"  {name:44} not installed")
            continue
        wall, cpu, memory = (min(run[part] for run in runs) for part in range(3))
        ours = ours or cpu
        print(
            f"  {name:44} {1000 * wall:9.1f} ms start to exit {1000 * cpu:9.1f} ms processor"
            f" {memory:7.0f} MiB  x{cpu / ours:.2f}"
        )


for example in sorted(path for path in examples.iterdir() if path.is_dir()):
    tasks = [("read and judged", [bench, "check", example])]
    if seedlot:
        tasks.append(("seedlot check", [seedlot, "check", example]))
    tasks.append(("PyYAML with libyaml, read only", [python, here / "yaml_peer.py", "c", example]))
    tasks.append(("ruamel.yaml, read only", [python, here / "yaml_peer.py", "ruamel", example]))
    compare(f"the example {example.name}", tasks)

for steps in (2500, 5000, 10000, 20000):
    file = work / f"long-{steps}.yaml"
    subprocess.run([bench, "write", str(steps), str(file)], check=True)
    tasks = [
        ("read and judged", [bench, "check", file]),
        ("read", [bench, "read", file]),
    ]
    if steps <= 5000 or "--all-peers" in sys.argv:
        tasks.append(
            ("PyYAML with libyaml, read only", [python, here / "yaml_peer.py", "c", file])
        )
    compare(
        f"a definition of {steps} steps, {file.stat().st_size / 1e6:.1f} MB", tasks, rounds=3
    )
    file.unlink()
