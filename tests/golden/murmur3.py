"""Writes murmur3.json: MurmurHash3 x86_128 of fixed inputs, computed by mmh3 5.3.1 (Python 3.11).

Run: python3 -m venv /tmp/venv && /tmp/venv/bin/pip install mmh3==5.3.1 && /tmp/venv/bin/python tests/golden/murmur3.py
"""
import json
import pathlib
import random
import sys

import mmh3

random.seed(7)
inputs = [bytes(random.randrange(256) for _ in range(n)) for n in list(range(0, 40)) + [63, 64, 65, 160, 1000]]
inputs += [text.encode() for text in ["", "a", "perennial", "naïve", "日本語", "🙂", "__proto__"]]
cases = []
for data in inputs:
    for seed in (0, 1, 0x9747B28C, 0xFFFFFFFF):
        cases.append({"input": data.hex(), "seed": seed, "hash": mmh3.hash_bytes(data, seed, x64arch=False).hex()})
golden = {
    "tool": "mmh3",
    "versions": {"mmh3": "5.3.1", "python": sys.version.split()[0]},
    "seed": 7,
    "tolerance": "exact: bytes",
    "command": "python tests/golden/murmur3.py",
    "cases": cases,
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, indent=1) + "\n")
