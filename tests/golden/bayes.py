"""Answers of scikit-learn for the Bayes learner, in tests/golden/bayes.json.

Pinned: Python 3.11, scikit-learn 1.9.1, numpy 2.4.6.
Run: python tests/golden/bayes.py

All numbers of x are multiples of 1/64, so that float32 holds them exactly. The mixed case multiplies what GaussianNB and CategoricalNB say.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.naive_bayes import CategoricalNB, GaussianNB

SEED = 43
rng = np.random.default_rng(SEED)
grid = lambda a: np.round(a * 64) / 64


def numbers(y, features):
    return grid(rng.normal(size=(len(y), features)) * (1 + y[:, None]) + 1.5 * y[:, None] * rng.normal(size=features) + 100 * rng.normal(size=features))


def codes(y, counts):
    return np.zeros((len(y), 0)) if not counts else np.stack([(rng.integers(0, count, len(y)) + y * rng.integers(0, 2, len(y))) % count for count in counts], axis=1)


cases = []
for name, classes, wide, counts, alpha, smoothing, weighted in [
    ("numbers", 3, 4, [], 1.0, 1e-9, False),
    ("numbers, smoothed, weighted", 2, 3, [], 1.0, 1e-2, True),
    ("categories", 3, 0, [2, 5, 9], 1.0, 1e-9, False),
    ("categories, little smoothing, weighted", 2, 0, [3, 30], 0.1, 1e-9, True),
    ("numbers and categories, weighted", 3, 3, [4, 7], 0.5, 1e-9, True),
]:
    rows = 200
    y = rng.integers(0, classes, rows)
    w = grid(rng.uniform(0.25, 2, size=rows)) if weighted else None
    x = np.hstack([numbers(y, wide), codes(y, counts)])
    joint = np.zeros((50, classes))
    parts = []
    if wide:
        # scikit-learn smooths by the unweighted variance, we by the weighted one, so that a row twice is a row of weight two: the same amount is added.
        part = x[:, :wide]
        weighted_variance = np.average((part - np.average(part, axis=0, weights=w)) ** 2, axis=0, weights=w)
        model = GaussianNB(var_smoothing=smoothing * weighted_variance.max() / part.var(axis=0).max()).fit(part, y, sample_weight=w)
        parts.append((model, x[:50, :wide]))
    if counts:
        model = CategoricalNB(alpha=alpha, min_categories=counts).fit(x[:, wide:].astype(int), y, sample_weight=w)
        parts.append((model, x[:50, wide:].astype(int)))
    for model, part in parts:
        joint += model.predict_joint_log_proba(part)
    # Each part has the class priors in it once.
    prior = np.bincount(y, weights=w, minlength=classes) / (rows if w is None else w.sum())
    joint -= (len(parts) - 1) * np.log(prior)
    chances = np.exp(joint - joint.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    if len(parts) == 1:
        assert np.allclose(chances, parts[0][0].predict_proba(parts[0][1]), atol=1e-12)
    gaussian = parts[0][0] if wide else None
    cases.append(
        dict(name=name, rows=rows, features=x.shape[1], classes=classes, categories=[0] * wide + counts, alpha=alpha, var_smoothing=smoothing, x=x.ravel().tolist(), y=y.tolist(),
             weights=None if w is None else w.tolist(), means=None if gaussian is None else gaussian.theta_.ravel().tolist(),
             variances=None if gaussian is None else gaussian.var_.ravel().tolist(), answers=chances.ravel().tolist())
    )

header = dict(
    tool="scikit-learn",
    versions={"scikit-learn": sklearn.__version__, "numpy": np.__version__},
    seed=SEED,
    tolerance="probabilities and means 1e-9, variances 1e-9 of the largest",
    command="python tests/golden/bayes.py",
)
path = pathlib.Path(__file__).with_name("bayes.json")
path.write_text(json.dumps(dict(**header, cases=cases)) + "\n")
print(path, path.stat().st_size)
