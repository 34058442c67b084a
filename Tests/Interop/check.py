"""Checks a sample ledger with pymerkle and rfc8785, which others wrote.

    python check.py DIR
"""

import base64
import hashlib
import json
import pathlib
import sys

import rfc8785
from pymerkle import InmemoryTree

folder = pathlib.Path(sys.argv[1])
entries = (folder / "entries.jsonl").read_bytes().splitlines()

tree = InmemoryTree(algorithm="sha256")
for entry in entries:
    tree.append_entry(entry)
sizes = sorted(int(path.name) for path in (folder / "checkpoints").iterdir())
for size in sizes:
    root = (folder / "checkpoints" / str(size)).read_text().splitlines()[2]
    assert base64.b64encode(tree.get_state(size)).decode() == root, f"root of {size}"
print(f"pymerkle: {len(sizes)} roots")

# The entry bundles hold the entries with their lengths.
bundles = b""
for number in range((len(entries) + 255) // 256):
    width = min(256, len(entries) - 256 * number)
    name = f"{number:03}" + ("" if width == 256 else f".p/{width}")
    bundles += (folder / "tiles" / "tile" / "entries" / name).read_bytes()
for entry in entries:
    assert bundles[:2] == len(entry).to_bytes(2, "big") and bundles[2:].startswith(entry)
    bundles = bundles[2 + len(entry):]
assert not bundles, "bytes after the last entry"

count = 0
for line in entries + (folder / "canonical.jsonl").read_bytes().split(b"\n"):
    if line:
        # JSON knows one kind of number: a double.
        assert rfc8785.dumps(json.loads(line, parse_int=float)) == line, line
        count += 1
print(f"rfc8785: {count} documents")

# The cosignature, from its specification and an Ed25519 that others wrote.
text, signatures = (folder / "checkpoint.cosigned").read_text().split("\n\n")
name, key_hash, key = (folder / "witness.vkey").read_text().strip().split("+", 2)
key = base64.b64decode(key)
assert key[0] == 4 and hashlib.sha256(name.encode() + b"\n" + key).digest()[:4].hex() == key_hash
line = next(line for line in signatures.splitlines() if line.startswith(f"\u2014 {name} "))
blob = base64.b64decode(line.split(" ")[2])
seconds = int.from_bytes(blob[4:12], "big")
(folder / "cosigned.message").write_bytes(f"cosignature/v1\ntime {seconds}\n{text}\n".encode())
(folder / "cosigned.signature").write_bytes(blob[12:])
# SubjectPublicKeyInfo of Ed25519 (RFC 8410), for openssl.
(folder / "witness.der").write_bytes(bytes.fromhex("302a300506032b6570032100") + key[1:])
