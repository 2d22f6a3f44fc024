"""Coefficients of scikit-learn for the linear learner, in tests/golden/linear.json.

Pinned: Python 3.11, scikit-learn 1.9.1, numpy 2.4.6, scipy 1.17.1.
Run: python tests/golden/linear.py

All numbers of x are multiples of 1/64, so that float32 holds them exactly.
"""

import json
import pathlib

import numpy as np
import scipy
import sklearn
from sklearn.linear_model import LogisticRegression, Ridge

SEED = 20
rng = np.random.default_rng(SEED)
grid = lambda a: np.round(a * 64) / 64


def features(rows, dense, sparse):
    """`dense` normal columns and `sparse` one-hot columns of one category."""
    numbers = grid(rng.normal(size=(rows, dense)))
    group = rng.integers(0, sparse, size=rows)
    return np.hstack([numbers, (group[:, None] == np.arange(sparse)).astype(float)])


def weights_of(rows):
    return grid(rng.uniform(0.25, 2, size=rows))


cases = []
for name, dense, sparse, classes, l2, weighted in [
    ("binary, dense, l2 1", 6, 3, 2, 1.0, False),
    ("binary, sparse, weighted, l2 0.1", 2, 24, 2, 0.1, True),
    ("three classes, dense, l2 1", 6, 3, 3, 1.0, False),
    ("four classes, sparse, weighted, l2 10", 2, 24, 4, 10.0, True),
]:
    rows = 160
    x = features(rows, dense, sparse)
    truth = rng.normal(size=(x.shape[1], classes))
    y = np.argmax(x @ truth + rng.gumbel(size=(rows, classes)), axis=1)
    w = weights_of(rows) if weighted else None
    # Newton's method goes to the minimum; lbfgs ends when the loss no longer falls, about 1e-6 away from it (printed below).
    model = LogisticRegression(C=1 / l2, solver="newton-cholesky", tol=1e-10, max_iter=1000).fit(x, y, sample_weight=w)
    other = LogisticRegression(C=1 / l2, solver="lbfgs", tol=1e-10, max_iter=100_000).fit(x, y, sample_weight=w)
    print(name, "newton-cholesky and lbfgs differ by", np.abs(model.coef_ - other.coef_).max())
    cases.append(
        dict(name=name, kind="classification", classes=classes, l2=l2, rows=rows, features=x.shape[1], x=x.ravel().tolist(), y=y.tolist(),
             weights=None if w is None else w.tolist(), coefficients=model.coef_.T.ravel().tolist(), intercepts=model.intercept_.tolist(),
             probabilities=model.predict_proba(x[:20]).ravel().tolist())
    )
for name, dense, sparse, l2, weighted in [("ridge, dense, l2 1", 6, 3, 1.0, False), ("ridge, sparse, weighted, l2 0.01", 2, 24, 0.01, True)]:
    rows = 160
    x = features(rows, dense, sparse)
    y = grid(100 + 30 * (x @ rng.normal(size=x.shape[1])) + 10 * rng.normal(size=rows))
    w = weights_of(rows) if weighted else None
    model = Ridge(alpha=l2, solver="cholesky").fit(x, y, sample_weight=w)
    cases.append(
        dict(name=name, kind="regression", classes=0, l2=l2, rows=rows, features=x.shape[1], x=x.ravel().tolist(), y=y.tolist(),
             weights=None if w is None else w.tolist(), coefficients=model.coef_.tolist(), intercepts=[float(model.intercept_)],
             probabilities=model.predict(x[:20]).tolist())
    )

header = dict(
    tool="scikit-learn",
    versions={"scikit-learn": sklearn.__version__, "numpy": np.__version__, "scipy": scipy.__version__},
    seed=SEED,
    tolerance="1e-6 of the largest coefficient; answers 2e-6: see the test",
    command="python tests/golden/linear.py",
)
path = pathlib.Path(__file__).with_name("linear.json")
path.write_text(json.dumps(dict(**header, cases=cases)) + "\n")
print(path, path.stat().st_size)
