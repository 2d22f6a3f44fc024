"""Writes groups.json: intervals and tests of rows that come in groups, by scipy's BCa bootstrap over whole groups and its sign-flip permutations.

Versions: python 3.11, numpy 2.4.6, scipy 1.17.1.
Command:  pip install numpy==2.4.6 scipy==1.17.1 && python tests/golden/groups.py
"""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy import stats

SEED = 11
rng = np.random.default_rng(SEED)

# 40 patients with 1 to 12 visits each. The patient's own level moves the truth and both models' scores: visits of one patient are alike.
sizes = rng.integers(1, 13, size=40)
group = np.repeat(np.arange(40), sizes)
level = rng.normal(size=40)[group]
truth = (level + rng.normal(size=len(group)) > 0).astype(int)
habit = rng.normal(size=(2, 40))[:, group]
logit = 0.9 * (2 * truth - 1) + 0.8 * habit + 0.5 * rng.normal(size=(2, len(group)))
scores = np.round(1 / (1 + np.exp(-logit)), 6)


def accuracy(t, s):
    return np.mean((s >= 0.5) == (t == 1))


def recall(t, s):
    return np.mean(s[t == 1] >= 0.5)


def brier(t, s):
    return np.mean((s - t) ** 2)


def roc_auc(t, s):
    positives = t.sum()
    return (stats.rankdata(s)[t == 1].sum() - positives * (positives + 1) / 2) / (positives * (len(t) - positives))


members = [np.flatnonzero(group == g) for g in range(40)]


def over_groups(metric):
    def of(indices):
        rows = np.concatenate([members[int(i)] for i in indices])
        return metric(rows)

    return of


def interval(metric, method):
    made = stats.bootstrap((np.arange(40),), over_groups(metric), n_resamples=20_000, vectorized=False, method=method, rng=np.random.default_rng(SEED))
    return {"low": float(made.confidence_interval.low), "high": float(made.confidence_interval.high), "error": float(made.standard_error)}


def one(metric):
    of = lambda rows: metric(truth[rows], scores[0][rows])
    return {"name": metric.__name__, "value": float(of(np.arange(len(truth)))), **interval(of, "BCa")}


def difference(metric):
    of = lambda rows: metric(truth[rows], scores[0][rows]) - metric(truth[rows], scores[1][rows])
    return {"name": metric.__name__, "difference": float(of(np.arange(len(truth)))), **interval(of, "percentile")}


def flips(leads):
    leads = np.asarray(leads)
    exact = stats.permutation_test((leads,), np.sum, permutation_type="samples", n_resamples=np.inf, vectorized=False).pvalue
    return {"leads": leads.tolist(), "exact": float(exact), "statistic": float(leads.sum() ** 2 / (leads**2).sum()), "approximate": float(stats.chi2.sf(leads.sum() ** 2 / (leads**2).sum(), 1))}


metrics = [accuracy, recall, brier, roc_auc]
out = {
    "header": {
        "tool": "scipy",
        "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
        "seed": SEED,
        "tolerance": {
            "ends": [0.2, "standard errors: two bootstraps of 20,000 and 10,000 resamples place an end to about 0.05"],
            "flips": [1e-12, "sums of at most 2^12 equal shares; tail of χ²"],
        },
        "command": "python tests/golden/groups.py",
    },
    "group": group.tolist(),
    "truth": truth.tolist(),
    "scores": scores.tolist(),
    "intervals": [one(metric) for metric in metrics],
    "differences": [difference(metric) for metric in metrics],
    "flips": [flips(leads) for leads in ([1, 1, 1, -1, 1], [3, -1, 2, 2], [4, 1, -2, 3, 3, -1, 5, 2, -2, 6, 1, 1], [1, -1], [2, 2, 2, 2, 2, 2, 2, -9])],
}
Path(__file__).with_suffix(".json").write_text(json.dumps(out, allow_nan=False) + "\n")
