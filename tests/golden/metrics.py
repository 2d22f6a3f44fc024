"""Writes metrics.json: what scikit-learn, scipy and statsmodels say about small data sets.

Versions: python 3.11, numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1, statsmodels 0.15.0.
Command:  pip install numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 statsmodels==0.15.0 && python tests/golden/metrics.py
A value that is not defined is null; zero_division=nan is asked for where two classes have no denominator.
"""

import json
import math
import warnings
from pathlib import Path

import numpy as np
import scipy
import sklearn
import statsmodels
from scipy import stats
from sklearn import metrics as m
from sklearn.calibration import calibration_curve
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint

warnings.filterwarnings("ignore")
SEED = 7
rng = np.random.default_rng(SEED)


def clean(value):
    if isinstance(value, (list, tuple, np.ndarray)):
        return [clean(v) for v in value]
    value = float(value)
    return None if math.isnan(value) or math.isinf(value) else value


def binary(name, truth, scores, predicted=None):
    truth = np.asarray(truth, dtype=int)
    scores = np.asarray(scores, dtype=float)
    predicted = (scores >= 0.5).astype(int) if predicted is None else np.asarray(predicted, dtype=int)
    both = len(set(truth)) == 2
    nan = float("nan")
    expected = {
        "accuracy": m.accuracy_score(truth, predicted),
        "balanced_accuracy": m.balanced_accuracy_score(truth, predicted),
        "precision": m.precision_score(truth, predicted, zero_division=nan),
        "recall": m.recall_score(truth, predicted, zero_division=nan),
        "f1": m.f1_score(truth, predicted, zero_division=nan),
        "roc_auc": m.roc_auc_score(truth, scores) if both else nan,
        "average_precision": m.average_precision_score(truth, scores) if truth.any() else nan,
        "log_loss": m.log_loss(truth, scores, labels=[0, 1]),
        "brier": m.brier_score_loss(truth, scores, labels=[0, 1], pos_label=1),
    }
    case = {
        "name": name,
        "truth": truth.tolist(),
        "scores": scores.tolist(),
        "predicted": predicted.tolist(),
        "expected": {k: clean(v) for k, v in expected.items()},
        "confusion": m.confusion_matrix(truth, predicted, labels=[0, 1]).ravel().tolist(),
    }
    if both:
        fpr, tpr, thresholds = m.roc_curve(truth, scores, drop_intermediate=False)
        case["roc"] = {"fpr": clean(fpr), "tpr": clean(tpr), "thresholds": clean(thresholds)}
        p, r, t = m.precision_recall_curve(truth, scores)
        case["precisionRecall"] = {"precision": clean(p), "recall": clean(r), "thresholds": clean(t)}
        case["calibration"] = {}
        for ours, theirs in (("equalWidth", "uniform"), ("equalCount", "quantile")):
            observed, mean = calibration_curve(truth, scores, n_bins=10, strategy=theirs, pos_label=1)
            case["calibration"][ours] = {"observed": clean(observed), "mean": clean(mean)}
    return case


def multiclass(name, truth, probabilities, predicted=None):
    truth = np.asarray(truth, dtype=int)
    probabilities = np.asarray(probabilities, dtype=float)
    k = probabilities.shape[1]
    predicted = probabilities.argmax(1) if predicted is None else np.asarray(predicted, dtype=int)
    every = len(set(truth)) == k
    expected = {
        "accuracy": m.accuracy_score(truth, predicted),
        "balanced_accuracy": m.balanced_accuracy_score(truth, predicted),
        "precision": m.precision_score(truth, predicted, average="macro"),
        "recall": m.recall_score(truth, predicted, average="macro"),
        "f1": m.f1_score(truth, predicted, average="macro"),
        "roc_auc_ovr": m.roc_auc_score(truth, probabilities, multi_class="ovr", labels=range(k)) if every else float("nan"),
        "log_loss": m.log_loss(truth, probabilities, labels=range(k)),
    }
    return {
        "name": name,
        "classes": k,
        "truth": truth.tolist(),
        "probabilities": probabilities.ravel().tolist(),
        "predicted": predicted.tolist(),
        "expected": {key: clean(v) for key, v in expected.items()},
        "confusion": m.confusion_matrix(truth, predicted, labels=range(k)).ravel().tolist(),
    }


def regression(name, truth, predicted):
    truth, predicted = np.asarray(truth, dtype=float), np.asarray(predicted, dtype=float)
    constant = len(set(truth)) == 1
    return {
        "name": name,
        "truth": truth.tolist(),
        "predicted": predicted.tolist(),
        "expected": {
            "r2": clean(float("nan") if constant else m.r2_score(truth, predicted)),
            "rmse": clean(m.root_mean_squared_error(truth, predicted)),
            "mae": clean(m.mean_absolute_error(truth, predicted)),
        },
        "quantiles": clean(np.quantile(truth - predicted, [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1])),
        "deviation": clean(np.std(truth - predicted, ddof=1)),
    }


def sampled(n, share, shift):
    truth = (rng.random(n) < share).astype(int)
    return truth, 1 / (1 + np.exp(-(rng.normal(size=n) + shift * (truth - 0.5))))


def softmax(z):
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


t, s = sampled(120, 0.5, 1.5)
ti, si = sampled(200, 0.05, 2.0)
tt, st = sampled(80, 0.4, 1.0)
binaries = [
    binary("balanced", t, s),
    binary("imbalanced", ti, si),
    binary("ties in scores", tt, np.round(st, 1)),
    binary("perfect", [0] * 12 + [1] * 8, np.r_[np.linspace(0.01, 0.4, 12), np.linspace(0.6, 0.99, 8)]),
    binary("every score alike", [0, 1, 1, 0, 1], [0.5] * 5),
    binary("only negatives in truth", [0] * 10, np.linspace(0.05, 0.95, 10)),
    binary("only positives in truth", [1] * 10, np.linspace(0.05, 0.95, 10)),
    binary("nothing called positive", [0, 1, 0, 1, 0], [0.1, 0.2, 0.3, 0.4, 0.45]),
    binary("no positives anywhere", [0, 0, 0], [0.1, 0.2, 0.3]),
    binary("probabilities of 0 and 1, some wrong", [0, 1, 1, 0, 1, 0], [0, 1, 0, 1, 1, 0]),
    binary("decided at another threshold", t, s, (s >= 0.3).astype(int)),
]
y3 = rng.integers(0, 3, 90)
y3i = rng.choice(3, 150, p=[0.9, 0.07, 0.03])
z3 = rng.normal(size=(90, 3)) + 1.2 * np.eye(3)[y3]
z3i = rng.normal(size=(150, 3)) + 1.2 * np.eye(3)[y3i]
coarse = np.round(softmax(z3) * 4) / 4 + 0.05
coarse = coarse / coarse.sum(1, keepdims=True)
multis = [
    multiclass("three classes", y3, softmax(z3)),
    multiclass("imbalanced", y3i, softmax(z3i)),
    multiclass("ties in scores", y3, coarse),
    multiclass("perfect", [0, 1, 2, 0, 1, 2], np.eye(3)[[0, 1, 2, 0, 1, 2]] * 0.7 + 0.1),
    multiclass("a class never called", y3, softmax(z3), np.where(softmax(z3).argmax(1) == 2, 1, softmax(z3).argmax(1))),
    multiclass("a class missing from truth", np.where(y3 == 2, 0, y3), softmax(z3)),
    multiclass("a class missing from both", [0, 1, 1, 0], softmax(rng.normal(size=(4, 3))), [0, 1, 0, 0]),
    multiclass("zero for the true class", [0, 1, 2], [[0, 0.5, 0.5], [0, 1, 0], [0.25, 0.25, 0.5]]),
]
x = rng.normal(size=60)
regressions = [
    regression("noisy", x, x + 0.5 * rng.normal(size=60)),
    regression("perfect", x[:20], x[:20]),
    regression("large mean", 1e6 + x, 1e6 + x + 0.1 * rng.normal(size=60)),
    regression("worse than the mean", x, -x),
    regression("constant truth", [0.1] * 12, 0.1 + 0.01 * rng.normal(size=12)),
]

proportions = [(0, 1), (1, 1), (8, 10), (0, 10), (10, 10), (1, 20), (0, 300), (3, 300), (297, 300), (150, 300), (12345, 200000), (1, 1000000)]
tables = [(5, 15), (0, 0), (0, 1), (1, 0), (10, 10), (3, 40), (60, 30), (200, 260), (12, 13), (13, 13)]


def interval(k, n, method):
    low, high = proportion_confint(k, n, 0.05, method)
    return [float(low), float(high)]


def beta_interval(k, n):
    return [float(stats.beta.ppf(0.025, k, n - k + 1)) if k > 0 else 0.0, float(stats.beta.ppf(0.975, k + 1, n - k)) if k < n else 1.0]


def paired(b, c):
    table = [[40, b], [c, 40]]
    exact = mcnemar(table, exact=True).pvalue if b + c else 1.0
    chi = mcnemar(table, exact=False, correction=True) if b + c else None
    # statsmodels does not clamp |b - c| - 1 at 0: with b = c its statistic is 1/(b + c), ours 0. Such rows carry no corrected value.
    keep = chi is not None and b != c
    return {"b": b, "c": c, "exact": float(exact), "statistic": float(chi.statistic) if keep else None, "corrected": float(chi.pvalue) if keep else None}


out = {
    "header": {
        "tool": "scikit-learn, scipy, statsmodels",
        "versions": {"numpy": np.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__, "statsmodels": statsmodels.__version__},
        "seed": SEED,
        "tolerance": {
            "metrics": [1e-12, "float64 sums of at most 200 terms, in another order"],
            "curves": [1e-14, "one division a point"],
            "calibration": [1e-14, "a mean over a bin"],
            "wilson": [1e-14, "closed form"],
            "clopperPearson": [1e-12, "two implementations of the inverse incomplete beta function"],
            "mcnemar": [1e-12, "sums of binomial terms; normal tail"],
            "residuals": [1e-14, "one difference and one interpolation"],
        },
        "command": "python tests/golden/metrics.py",
    },
    "binary": binaries,
    "multiclass": multis,
    "regression": regressions,
    "wilson": [{"successes": k, "of": n, "expected": interval(k, n, "wilson")} for k, n in proportions],
    "clopperPearson": [{"successes": k, "of": n, "expected": beta_interval(k, n)} for k, n in proportions],
    "mcnemar": [paired(b, c) for b, c in tables],
}
Path(__file__).with_suffix(".json").write_text(json.dumps(out, allow_nan=False) + "\n")
