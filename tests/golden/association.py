"""Writes association.json: associations and summaries of one column with a target, by scipy 1.17.1 and numpy 2.4.6 (Python 3.11).

Spearman: scipy.stats.spearmanr. Cramér's V: Bergsma's formula over scipy.stats.chi2_contingency(correction=False) (scipy has no
corrected V of its own). η²: sums of squares in numpy, checked here against scipy.stats.f_oneway. AUC: scipy.stats.mannwhitneyu.

Run: python3 -m venv /tmp/venv && /tmp/venv/bin/pip install scipy==1.17.1 numpy==2.4.6 && /tmp/venv/bin/python tests/golden/association.py
"""
import json
import pathlib
import sys

import numpy
import scipy
from scipy import stats

rng = numpy.random.default_rng(11)
cases = []
for n, kinds, classes, noise in [(12, 2, 2, 0.5), (60, 3, 2, 1.0), (300, 5, 4, 2.0), (500, 12, 3, 0.1), (400, 2, 2, 0.0), (1000, 40, 2, 9.0)]:
    y = rng.integers(0, classes, n)
    codes = numpy.where(rng.random(n) < 0.5 + 0.5 * (noise == 0), y % kinds, rng.integers(0, kinds, n))
    x = numpy.round(y + noise * rng.normal(size=n), 1)
    z = numpy.round(x**3 + noise * rng.normal(size=n), 1)
    table = numpy.array([[numpy.sum((codes == i) & (y == j)) for j in numpy.unique(y)] for i in numpy.unique(codes)])
    phi2 = stats.chi2_contingency(table, correction=False).statistic / n
    r, c = table.shape
    phi2 = max(0.0, phi2 - (r - 1) * (c - 1) / (n - 1))
    r2, c2 = r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)
    groups = [x[codes == k] for k in numpy.unique(codes)]
    between = sum(len(g) * (g.mean() - x.mean()) ** 2 for g in groups)
    eta2 = between / ((x - x.mean()) ** 2).sum()
    if eta2 < 1:
        f = stats.f_oneway(*groups).statistic
        assert numpy.isclose(f, eta2 / (1 - eta2) * (n - len(groups)) / (len(groups) - 1))
    positive, negative = x[y == 1], x[y != 1]
    cases.append({
        "codes": codes.tolist(), "classes": y.tolist(), "x": x.tolist(), "z": z.tolist(),
        "spearman": stats.spearmanr(x, z).statistic,
        "pearson": stats.pearsonr(x, z).statistic,
        "cramersV": float(numpy.sqrt(phi2 / (min(r2, c2) - 1))),
        "etaSquared": float(eta2),
        "aucOfClass1": stats.mannwhitneyu(positive, negative).statistic / (len(positive) * len(negative)),
        "mean": x.mean(), "sd": x.std(ddof=1), "quantiles": numpy.quantile(x, [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]).tolist(),
    })
golden = {
    "tool": "scipy, numpy",
    "versions": {"scipy": scipy.__version__, "numpy": numpy.__version__, "python": sys.version.split()[0]},
    "seed": 11,
    "tolerance": "1e-12 absolute: closed forms in float64, summed in another order",
    "command": "python tests/golden/association.py",
    "cases": cases,
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
