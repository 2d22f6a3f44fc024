"""Coefficients of scikit-learn, and standard errors in closed form, for the linear learner, in tests/golden/linear.json.

Pinned: Python 3.11, scikit-learn 1.9.1, numpy 2.4.6, scipy 1.17.1.
Run: python tests/golden/linear.py

All numbers of x are multiples of 1/64, so that float32 holds them exactly; they are kept as whole numbers of 64ths.
"""

import json
import pathlib
import warnings

import numpy as np
import scipy
import scipy.stats
import sklearn
from sklearn.linear_model import ElasticNet, LinearRegression, LogisticRegression, Ridge

SEED = 20
rng = np.random.default_rng(SEED)
grid = lambda a: np.round(a * 64) / 64
warnings.filterwarnings("ignore", category=FutureWarning)


def features(rows, dense, sparse):
    """`dense` normal columns and `sparse` one-hot columns of one category."""
    numbers = grid(rng.normal(size=(rows, dense)))
    if sparse == 0:
        return numbers
    group = rng.integers(0, sparse, size=rows)
    return np.hstack([numbers, (group[:, None] == np.arange(sparse)).astype(float)])


def weights_of(rows):
    return grid(rng.uniform(0.25, 2, size=rows))


cases = []


def add(name, kind, classes, settings, x, y, w, coefficients, intercepts, answers, table=None):
    cases.append(
        dict(name=name, kind=kind, classes=classes, settings=settings, rows=x.shape[0], features=x.shape[1], x64=(x.ravel() * 64).astype(int).tolist(), y=y.tolist(),
             weights=None if w is None else w.tolist(), coefficients=np.ravel(coefficients).tolist(), intercepts=np.ravel(intercepts).tolist(), answers=np.ravel(answers).tolist(), table=table)
    )


def labels(x, classes, strength=1.0):
    truth = strength * rng.normal(size=(x.shape[1], classes))
    return np.argmax(x @ truth + rng.gumbel(size=(x.shape[0], classes)), axis=1)


for name, dense, sparse, classes, l2, weighted in [
    ("binary, dense, l2 1", 6, 3, 2, 1.0, False),
    ("binary, sparse, weighted, l2 0.1", 2, 24, 2, 0.1, True),
    ("three classes, dense, l2 1", 6, 3, 3, 1.0, False),
    ("four classes, sparse, weighted, l2 10", 2, 24, 4, 10.0, True),
]:
    rows = 160
    x = features(rows, dense, sparse)
    y = labels(x, classes)
    w = weights_of(rows) if weighted else None
    # Newton's method goes to the minimum; lbfgs ends when the loss no longer falls, about 1e-6 away from it (printed below).
    model = LogisticRegression(C=1 / l2, solver="newton-cholesky", tol=1e-10, max_iter=1000).fit(x, y, sample_weight=w)
    other = LogisticRegression(C=1 / l2, solver="lbfgs", tol=1e-10, max_iter=100_000).fit(x, y, sample_weight=w)
    print(name, "newton-cholesky and lbfgs differ by", np.abs(model.coef_ - other.coef_).max())
    add(name, "classification", classes, dict(penalty="l2", l2=l2), x, y, w, model.coef_.T, model.intercept_, model.predict_proba(x[:20]))

for name, dense, sparse, classes, l1, l2, weighted in [
    ("binary, dense, l1 3", 8, 0, 2, 3.0, 0.0, False),
    ("binary, sparse, weighted, l1 1", 2, 12, 2, 1.0, 0.0, True),
    ("binary, dense, weighted, elastic net", 8, 0, 2, 1.0, 3.0, True),
    ("three classes, dense, l1 3", 8, 0, 3, 3.0, 0.0, False),
    ("three classes, sparse, elastic net", 2, 12, 3, 0.5, 0.5, False),
]:
    rows = 120
    x = features(rows, dense, sparse)
    y = labels(x, classes)
    w = weights_of(rows) if weighted else None
    model = LogisticRegression(C=1 / (l1 + l2), l1_ratio=l1 / (l1 + l2), solver="saga", tol=1e-13, max_iter=1_000_000, random_state=1).fit(x, y, sample_weight=w)
    print(name, "saga needed", model.n_iter_, "zeros", (model.coef_ == 0).sum())
    add(name, "classification", classes, dict(penalty="elasticnet" if l2 else "l1", l1=l1, l2=l2), x, y, w, model.coef_.T, model.intercept_, model.predict_proba(x[:20]))


def values(x):
    return grid(100 + 30 * (x @ rng.normal(size=x.shape[1])) + 10 * rng.normal(size=x.shape[0]))


for name, dense, sparse, l2, weighted in [("ridge, dense, l2 1", 6, 3, 1.0, False), ("ridge, sparse, weighted, l2 0.01", 2, 24, 0.01, True)]:
    rows = 160
    x = features(rows, dense, sparse)
    y = values(x)
    w = weights_of(rows) if weighted else None
    model = Ridge(alpha=l2, solver="cholesky").fit(x, y, sample_weight=w)
    add(name, "regression", 0, dict(penalty="l2", l2=l2), x, y, w, model.coef_, model.intercept_, model.predict(x[:20]))

for name, dense, sparse, l1, l2, weighted in [
    ("lasso, dense", 8, 0, 20.0, 0.0, False),
    ("lasso, sparse, weighted", 2, 12, 5.0, 0.0, True),
    ("elastic net, dense, weighted", 8, 0, 10.0, 20.0, True),
]:
    rows = 120
    x = features(rows, dense, sparse)
    y = values(x)
    w = weights_of(rows) if weighted else None
    ones = np.ones(rows) if w is None else w
    mean = np.average(y, weights=ones)
    deviation = np.sqrt(np.average((y - mean) ** 2, weights=ones))
    total = ones.sum()
    strength = (deviation * l1 + l2) / total
    model = ElasticNet(alpha=strength, l1_ratio=deviation * l1 / (deviation * l1 + l2), tol=1e-14, max_iter=1_000_000).fit(x, y, sample_weight=w)
    print(name, "zeros", (model.coef_ == 0).sum())
    add(name, "regression", 0, dict(penalty="elasticnet" if l2 else "l1", l1=l1, l2=l2), x, y, w, model.coef_, model.intercept_, model.predict(x[:20]))

# Ordinary least squares with the textbook's standard errors.
rows = 60
x = features(rows, 5, 0) + np.array([0, 3, 0, -10, 0])
y = values(x)
model = LinearRegression().fit(x, y)
design = np.hstack([x, np.ones((rows, 1))])
freedom = rows - x.shape[1] - 1
variance = ((y - model.predict(x)) ** 2).sum() / freedom
errors = np.sqrt(variance * np.diag(np.linalg.inv(design.T @ design)))
t = np.append(model.coef_, model.intercept_) / errors
add("ordinary least squares", "regression", 0, dict(penalty="none"), x, y, None, model.coef_, model.intercept_, model.predict(x[:20]),
    dict(errors=errors.tolist(), values=t.tolist(), p=(2 * scipy.stats.t.sf(np.abs(t), freedom)).tolist(), freedom=freedom))

# Maximum likelihood: Newton's method on the log-likelihood of the differences to the first class, errors from its curvature.
for name, classes, rows, dense, sparse in [("maximum likelihood, two classes", 2, 120, 5, 0), ("maximum likelihood, three classes", 3, 150, 4, 0), ("maximum likelihood, sparse", 2, 200, 0, 7)]:
    x = features(rows, dense, sparse)
    if sparse:
        x = x[:, 1:]  # all dummies of a column add up to the intercept
    else:
        x = x + np.array([2.0] + [0.0] * (dense - 1))
    y = labels(x, classes, 0.7)
    design = np.hstack([x, np.ones((rows, 1))])
    width = design.shape[1]
    truth = (y[:, None] == np.arange(1, classes)).astype(float)
    theta = np.zeros((classes - 1) * width)
    for _ in range(50):
        logits = design @ theta.reshape(classes - 1, width).T
        p = np.exp(logits) / (1 + np.exp(logits).sum(axis=1, keepdims=True))
        gradient = ((truth - p).T @ design).ravel()
        information = np.block([[design.T @ (design * (p[:, a] * ((a == b) - p[:, b]))[:, None]) for b in range(classes - 1)] for a in range(classes - 1)])
        theta = theta + np.linalg.solve(information, gradient)
    errors = np.sqrt(np.diag(np.linalg.inv(information)))
    z = theta / errors
    print(name, "gradient", np.abs(gradient).max(), "largest z", np.abs(z).max())
    each = lambda v: v.reshape(classes - 1, width).tolist()
    weights = theta.reshape(classes - 1, width)
    # As the symmetric parameters of a softmax: of all that give these differences, those whose mean over the classes is 0.
    every = weights if classes == 2 else np.vstack([np.zeros(width), weights]) - np.vstack([np.zeros(width), weights]).mean(axis=0)
    answers = np.hstack([1 - p.sum(axis=1, keepdims=True), p])[:20]
    add(name, "classification", classes, dict(penalty="none"), x, y, None, every[:, :-1].T, every[:, -1], answers,
        dict(errors=each(errors), values=each(z), p=each(2 * scipy.stats.norm.sf(np.abs(z)))))

header = dict(
    tool="scikit-learn",
    versions={"scikit-learn": sklearn.__version__, "numpy": np.__version__, "scipy": scipy.__version__},
    seed=SEED,
    tolerance="1e-6 of the largest coefficient; answers 2e-6; standard errors 1e-5 of each: see the test",
    command="python tests/golden/linear.py",
)
path = pathlib.Path(__file__).with_name("linear.json")
path.write_text(json.dumps(dict(**header, cases=cases)) + "\n")
print(path, path.stat().st_size)
