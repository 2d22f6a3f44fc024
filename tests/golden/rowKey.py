"""Writes rowKey.json: row keys after docs/decisions/0003-row-keys.md, computed by mmh3 5.3.1 (Python 3.11), independently of our code.

Run: python3 -m venv /tmp/venv && /tmp/venv/bin/pip install mmh3==5.3.1 && /tmp/venv/bin/python tests/golden/rowKey.py
"""
import json
import pathlib
import struct
import sys

import mmh3


def hashed(data):
    return mmh3.hash_bytes(data, 0, x64arch=False)


def cell(value, kind):
    if kind == "numeric":
        return bytes.fromhex("000000000000f87f") if value is None else struct.pack("<d", value + 0.0)
    return b"\xff" * 16 if value is None else hashed(value.encode())


columns = [
    {"name": "😀", "kind": "numeric", "values": [1.5, -0.0, None, 1e300, -7.0, 0.0]},
    {"name": "\uffee", "kind": "coded", "values": ["a", None, "naïve", "", "日本語 🙂", None]},
    {"name": "age", "kind": "numeric", "values": [39.0, 50.0, 38.0, None, 28.0, 50.0]},
    {"name": "__proto__", "kind": "coded", "values": ["x", "x", "y", "y", None, "x"]},
]
ordered = sorted(columns, key=lambda column: column["name"])
keys = [hashed(b"perennial-rows-1" + b"".join(cell(c["values"][row], c["kind"]) for c in ordered)).hex() for row in range(6)]
golden = {
    "tool": "mmh3",
    "versions": {"mmh3": "5.3.1", "python": sys.version.split()[0]},
    "seed": 0,
    "tolerance": "exact: bytes",
    "command": "python tests/golden/rowKey.py",
    "columns": columns,
    "keys": keys,
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, indent=1) + "\n")
