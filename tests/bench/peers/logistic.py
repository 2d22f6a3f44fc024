"""scikit-learn's LogisticRegression (lbfgs) on one thread, on the numbers of tests/bench/engines/logistic.ts. Prints one line of JSON."""

import json
import time

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

ROWS, FEATURES = 100_000, 50


def mixed(n):
    h = np.asarray(n, dtype=np.uint32)
    h = (h ^ (h >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    h = (h ^ (h >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return h ^ (h >> np.uint32(16))


def normal(n):
    h = mixed(n)
    return (sum(((h >> np.uint32(8 * b)) & np.uint32(255)).astype(float) for b in range(4)) - 510) / 147.8


rows = np.arange(ROWS)
x = 0.6 * normal(rows[:, None] * FEATURES + np.arange(FEATURES) + 1)
x = (x + np.where(np.arange(FEATURES) % 5 == 0, 0.8, 0.3) * normal(rows + 1_000_000_000)[:, None]).astype(np.float32)
z = -0.5 + (x.astype(float) * normal(np.arange(FEATURES) + 2_000_000_000)).sum(axis=1) / 4
y = (mixed(rows + 1_500_000_000) / 2**32 < 1 / (1 + np.exp(-z))).astype(int)


def measured(x, tol):
    times = []
    for n in range(6):
        start = time.perf_counter()
        model = LogisticRegression(C=1.0, solver="lbfgs", tol=tol, max_iter=1000).fit(x, y)
        if n > 0:
            times.append(1000 * (time.perf_counter() - start))
    p = model.predict_proba(x.astype(float))[:, 1]
    gradient = np.append(x.astype(float).T @ (p - y) + model.coef_[0], (p - y).sum()) / ROWS
    return dict(ms=sorted(times)[2], version=sklearn.__version__, gradient_norm=float(np.abs(gradient).max()), iterations=int(model.n_iter_[0]))


with threadpool_limits(limits=1):
    print(json.dumps({
        "scikit-learn LogisticRegression lbfgs": measured(x.astype(float), 1e-4),
        "scikit-learn LogisticRegression lbfgs, float32": measured(x, 1e-4),
    }))
