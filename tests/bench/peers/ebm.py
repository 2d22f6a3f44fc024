"""Times interpret's explainable boosting machine on generated rows as tests/bench/engines/ebm.ts does: 20,000 x 15, two classes, 8 bags, 10 pairs.

One thread; everything else as interpret has it by default. Prints one line of JSON. The median of RUNS (default 3).
Run: python tests/bench/peers/ebm.py
"""

import json
import os
import statistics
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"

import interpret
import numpy as np
from interpret.glassbox import ExplainableBoostingClassifier
from sklearn.metrics import log_loss


def rows_of(seed, rows=20_000, features=15):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(rows, features)).astype(np.float32)
    a, b, c, d, e, f, g = x[:, :7].T
    signal = np.sin(2 * a) + 0.7 * b * b - 0.7 + (c > 0.5) + 0.5 * d - 0.4 * np.abs(e) + 0.8 * f * g
    return x, (rng.random(rows) < 1 / (1 + np.exp(-1.5 * signal))).astype(int)


x, y = rows_of(7)
unseen, truth = rows_of(8)
times = []
for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 3):
    model = ExplainableBoostingClassifier(outer_bags=8, interactions=10, n_jobs=1, random_state=1)
    started = time.perf_counter()
    model.fit(x, y)
    times.append(1000 * (time.perf_counter() - started))
steps = [int(n) for n in np.asarray(model.best_iteration_).ravel()]
print(json.dumps({"interpret ExplainableBoostingClassifier": {"ms": statistics.median(times), "version": interpret.__version__, "logLoss": log_loss(truth, model.predict_proba(unseen)), "steps": steps}}))
