"""Boosted trees of xgboost and LightGBM on one thread: training of 100,000 x 20 with 100 trees of depth 6 and 255 bins, the making of bins included,
and xgboost's prediction of a million rows. One JSON line, medians of five after a warm-up. The shape of the data is that of tests/bench/engines/trees.ts.
"""
import json
import os
import time

os.environ["OMP_NUM_THREADS"] = "1"

import lightgbm
import numpy as np
import xgboost

FEATURES = 20
rng = np.random.default_rng(1)


def planted(rows):
    x = rng.standard_normal((rows, FEATURES)).astype(np.float32)
    z = 1.5 * x[:, 0] + np.sin(2 * x[:, 1]) + x[:, 2] * x[:, 3] - 0.5 * x[:, 4] + 0.3 * (x[:, 5] > 0.5)
    return x, (rng.random(rows) < 1 / (1 + np.exp(-z))).astype(np.float32)


def milliseconds(work):
    work()
    times = []
    for _ in range(5):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times)[2]


x, y = planted(100_000)


def by_xgboost():
    data = xgboost.DMatrix(x, label=y, nthread=1)
    return xgboost.train(dict(tree_method="hist", max_bin=255, max_depth=6, eta=0.1, nthread=1, objective="binary:logistic", verbosity=0), data, 100)


def by_lightgbm():
    data = lightgbm.Dataset(x, label=y, params=dict(max_bin=255, num_threads=1, verbose=-1))
    return lightgbm.train(dict(max_bin=255, max_depth=6, num_leaves=64, learning_rate=0.1, num_threads=1, objective="binary", verbose=-1), data, 100)


model = by_xgboost()
model.set_param({"nthread": 1})
many, _ = planted(1_000_000)
print(json.dumps({
    "xgboost hist": {"ms": milliseconds(by_xgboost), "version": xgboost.__version__},
    "LightGBM": {"ms": milliseconds(by_lightgbm), "version": lightgbm.__version__},
    "xgboost predict": {"ms": milliseconds(lambda: model.inplace_predict(many)), "version": xgboost.__version__},
}))
