"""Answers of scikit-learn for the neighbours learner, in tests/golden/neighbours.json.

Pinned: Python 3.11, scikit-learn 1.9.1, numpy 2.4.6.
Run: python tests/golden/neighbours.py

All numbers of x are multiples of 1/64, so that float32 holds them exactly; no two distances of a query are within 1e-9 of each other unless they
are equal to the bit and both inside or both outside (checked here), so that the order of ties does not matter.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.datasets import load_iris
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

SEED = 41
rng = np.random.default_rng(SEED)
grid = lambda a: np.round(a * 64) / 64


def without_ties(x, queries, k):
    """The queries whose k-th and next neighbour are clearly apart."""
    squares = np.sort(((queries[:, None, :] - x[None, :, :]) ** 2).sum(axis=2), axis=1)
    return queries[squares[:, k] - squares[:, k - 1] > 1e-9] if k < len(x) else queries


cases = []
for name, rows, features, classes, k, weights in [
    ("two classes, uniform", 300, 5, 2, 5, "uniform"),
    ("four classes, by distance, some at distance 0", 250, 3, 4, 7, "distance"),
    ("values, uniform", 300, 5, 0, 10, "uniform"),
    ("values, by distance, some at distance 0", 250, 3, 0, 4, "distance"),
    ("far from zero", 200, 4, 2, 6, "distance"),
    ("as many neighbours as rows", 40, 3, 3, 40, "distance"),
]:
    x = grid(rng.normal(size=(rows, features))) + (4096 if name == "far from zero" else 0)
    fresh = grid(rng.normal(size=(60, features))) + (4096 if name == "far from zero" else 0)
    queries = without_ties(x, np.vstack([fresh, x[:20]]), k)
    signal = (x - x.mean(axis=0)) @ rng.normal(size=features)
    y = grid(100 + 20 * signal) if classes == 0 else np.argmax(np.outer(signal, rng.normal(size=classes)) + rng.gumbel(size=(rows, classes)), axis=1)
    # A tree, since scikit-learn's brute force loses distances of 0 in ‖a‖² + ‖b‖² − 2ab.
    model = (KNeighborsClassifier if classes else KNeighborsRegressor)(n_neighbors=k, weights=weights, algorithm="kd_tree").fit(x, y)
    answers = model.predict_proba(queries) if classes else model.predict(queries)
    assert classes == 0 or answers.shape[1] == classes
    cases.append(dict(name=name, rows=rows, features=features, classes=classes, k=k, weights=weights, x=x.ravel().tolist(), y=y.tolist(), queries=queries.ravel().tolist(), answers=answers.ravel().tolist()))

# A real table: iris (Anderson 1935), 150 × 4, many equal distances.
x, y = load_iris(return_X_y=True)
x = x.astype(np.float32).astype(float)
queries = without_ties(x, x + np.float32(0.03125), 15)
model = KNeighborsClassifier(15, algorithm="kd_tree").fit(x, y)
cases.append(dict(name="iris", rows=150, features=4, classes=3, k=15, weights="uniform", x=x.ravel().tolist(), y=y.tolist(), queries=queries.ravel().tolist(), answers=model.predict_proba(queries).ravel().tolist()))

header = dict(
    tool="scikit-learn",
    versions={"scikit-learn": sklearn.__version__, "numpy": np.__version__},
    seed=SEED,
    tolerance="probabilities 1e-12, values 1e-9",
    command="python tests/golden/neighbours.py",
)
path = pathlib.Path(__file__).with_name("neighbours.json")
path.write_text(json.dumps(dict(**header, cases=cases)) + "\n")
print(path, path.stat().st_size, [len(one["queries"]) // one["features"] for one in cases])
