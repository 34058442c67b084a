"""The tree of RFC 6962 in Python: a plain frontier over hashlib, and packages that are there.

    python merkle.py
"""

import base64
import hashlib
import time

COUNT = 100_000
entries = [b'{"seq":%d,"act":"entry %d"}' % (i, i) for i in range(COUNT)]
sha256 = hashlib.sha256


def plain():
    frontier, size = [], 0
    for entry in entries:
        node = sha256(b"\x00" + entry).digest()
        rest = size
        while rest & 1:
            node = sha256(b"\x01" + frontier.pop() + node).digest()
            rest >>= 1
        frontier.append(node)
        size += 1
    root = frontier.pop()
    while frontier:
        root = sha256(b"\x01" + frontier.pop() + root).digest()
    return root


def pymerkle():
    from pymerkle import InmemoryTree

    tree = InmemoryTree(algorithm="sha256")
    for entry in entries:
        tree.append_entry(entry)
    return tree.get_state()


def aics_tlog():
    from aics_tlog import tree

    return tree.MerkleTree(entries).root(COUNT)


for peer in (plain, pymerkle, aics_tlog):
    start = time.perf_counter()
    try:
        root = peer()
    except ImportError:
        print(f"python {peer.__name__}: not installed")
        continue
    elapsed = time.perf_counter() - start
    print(f"python {peer.__name__}: {elapsed:.3f} s, root {base64.b64encode(root).decode()}")
