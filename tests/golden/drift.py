"""Writes drift.json: reference numbers for src/domain/monitoring.

Pinned: python 3.11, numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0
    python3 -m venv /tmp/drift && /tmp/drift/bin/pip install numpy==2.4.6 scipy==1.17.1 statsmodels==0.15.0
    /tmp/drift/bin/python tests/golden/drift.py
"""
import json
import pathlib
import platform

import numpy as np
import scipy
import statsmodels
from scipy.spatial.distance import jensenshannon
from scipy.stats import chi2, chi2_contingency, ks_2samp, wasserstein_distance
from statsmodels.stats.multitest import multipletests

SEED = 20240611
rng = np.random.default_rng(SEED)
pinned = {'numpy': '2.4.6', 'scipy': '1.17.1', 'statsmodels': '0.15.0'}
found = {'numpy': np.__version__, 'scipy': scipy.__version__, 'statsmodels': statsmodels.__version__}
assert found == pinned, f'wrong versions: {found}'


def numbers(a):
    return [float(x) for x in a]


def short(a):
    """Six decimals keep the file small; the rounded values are what both sides read."""
    return np.round(a, 6)


# Samples made of a rule that both sides can compute exactly, so that large ones need no storage: dyadic fractions of a linear congruence.
def congruence(n, a, c, modulus, shift):
    x = np.empty(n)
    s = c
    for i in range(n):
        s = (a * s + 12345) % modulus
        x[i] = s / modulus + shift
    return x


def two_samples(name, a, b, method, rule=None):
    ks = ks_2samp(a, b, method=method)
    sd = np.std(a)
    case = {'name': name, 'method': method, 'D': float(ks.statistic), 'p': float(ks.pvalue), 'w1': float(wasserstein_distance(a, b)),
            'w1OverSd': float(wasserstein_distance(a, b) / sd) if sd > 0 else None}
    if rule is None:
        case['a'], case['b'] = numbers(a), numbers(b)
    else:
        case['rule'] = rule
    return case


def ruled(name, n, m, shift, method):
    ra, rb = (n, 1664525, 7, 2**31), (m, 69069, 11, 2**31)
    a, b = congruence(*ra, 0.0), congruence(*rb, shift)
    return two_samples(name, a, b, method, {'n': n, 'm': m, 'multipliers': [1664525, 69069], 'starts': [7, 11], 'modulus': 2**31, 'shift': shift})


samples = [
    two_samples('the ten of the notes', np.array([1, 2, 2, 3, 4, 5, 6, 7, 8, 9.]), np.array([2, 3, 4, 4, 5, 7, 8, 9, 10, 12.]), 'exact'),
    two_samples('small, n = m', short(rng.normal(size=12)), short(rng.normal(0.8, size=12)), 'exact'),
    two_samples('small, n != m', short(rng.normal(size=9)), short(rng.normal(0.5, 2, size=14)), 'exact'),
    two_samples('coprime sizes', short(rng.normal(size=37)), short(rng.normal(0.6, size=53)), 'exact'),
    two_samples('many ties', rng.integers(0, 5, 60).astype(float), rng.integers(1, 6, 45).astype(float), 'exact'),
    two_samples('apart entirely', np.arange(15.), np.arange(100., 120.), 'exact'),
    two_samples('one value each', np.array([1.]), np.array([2.]), 'exact'),
    two_samples('equal', np.arange(8.), np.arange(8.), 'exact'),
    ruled('exact, 1,000 v 700, tiny p', 1000, 700, 0.15, 'exact'),
    ruled('exact, 5,000 v 3,001', 5000, 3001, 0.02, 'exact'),
    ruled('exact, 9,000 v 9,000', 9000, 9000, 0.01, 'exact'),
    ruled('exact, 20,000 v 50, where auto would be asymptotic', 20000, 50, 0.1, 'exact'),
    ruled('asymptotic, body, 35,000 v 5,000', 35000, 5000, 0.005, 'asymp'),
    ruled('asymptotic, edge, 35,000 v 5,000', 35000, 5000, 0.02, 'asymp'),
    ruled('asymptotic, tail, 35,000 v 5,000', 35000, 5000, 0.1, 'asymp'),
    ruled('asymptotic, far tail, 20,000 v 20,000', 20000, 20000, 0.15, 'asymp'),
]


def contingency(name, table):
    r = chi2_contingency(np.array(table), correction=False)
    assert r.expected_freq.min() >= 5
    return {'name': name, 'table': table, 'statistic': float(r.statistic), 'degrees': int(r.dof), 'p': float(r.pvalue)}


tables = [
    contingency('the notes', [[30, 40, 30], [20, 50, 30]]),
    contingency('two categories', [[900, 100], [430, 70]]),
    contingency('a new category', [[500, 500, 0], [180, 200, 60]]),
    contingency('twelve categories, unequal sizes', [[int(x) for x in rng.multinomial(35000, np.ones(12) / 12)], [int(x) for x in rng.multinomial(5000, np.arange(1, 13) / 78)]]),
    contingency('p near the smallest double', [[20000, 1000], [3000, 820]]),
]
# The true upper tail by 60-digit arithmetic is not needed: scipy's chi2.sf is accurate in the tail, and says so where it is 0.
tails = [{'x': float(x), 'k': int(k), 'p': float(chi2.sf(x, k))} for k in (1, 2, 3, 4, 7, 20, 61, 500) for x in (0.01, 0.5, 1, 3, 10, 40, 150, 600, 1400)]


def histograms(name, p, q):
    return {'name': name, 'p': numbers(p), 'q': numbers(q), 'base2': float(jensenshannon(p, q, 2)), 'natural': float(jensenshannon(p, q))}


shapes = [
    histograms('the notes', [.1, .4, .5], [.2, .3, .5]),
    histograms('nothing in common', [3, 0], [0, 9]),
    histograms('counts with empty cells', [120, 0, 44, 3, 9], [80, 5, 40, 0, 1]),
    histograms('nearly equal', [1000, 2000, 3000], [1001, 2000, 2999]),
]


def adjusted(name, p):
    return {'name': name, 'p': numbers(p), 'adjusted': numbers(multipletests(p, method='fdr_bh')[1])}


families = [
    adjusted('the notes', [.001, .008, .039, .041, .042, .06, .074, .205]),
    adjusted('unordered, with ties and ones', [.5, .01, 1, .01, .03, .2, 1, 1e-300, 0, .5]),
    adjusted('one', [.03]),
    adjusted('fifty uniform', rng.random(50)),
]


def stability(name, reference, current, bins=10):
    """PSI by numpy alone: quantile edges, open ends, (lower, upper], half a row in each bin."""
    edges = np.quantile(reference, np.arange(1, bins) / bins)
    count = lambda x: np.bincount(np.searchsorted(edges, x, side='left'), minlength=bins)
    r, c = count(reference), count(current)
    p, q = (r + .5) / (r.sum() + .5 * bins), (c + .5) / (c.sum() + .5 * bins)
    return {'name': name, 'reference': numbers(reference), 'current': numbers(current), 'bins': bins, 'edges': numbers(edges), 'psi': float(np.sum((q - p) * np.log(q / p)))}


base = short(rng.normal(size=400))
drifts = [
    stability('no shift', base, short(rng.normal(size=150))),
    stability('one sd', base, short(rng.normal(1, size=150))),
    stability('one sd and an outlier', base, np.append(short(rng.normal(1, size=150)), 1e4)),
    stability('five bins, skewed', short(rng.exponential(size=300)), short(rng.exponential(2, size=90)), 5),
]

out = {
    'tool': 'scipy, statsmodels, numpy', 'versions': found | {'python': platform.python_version()}, 'seed': SEED,
    'command': '/tmp/drift/bin/python tests/golden/drift.py',
    'tolerance': {
        'D': '1e-14 absolute: a quotient of whole numbers',
        'pExact': '1e-10 relative: sums of up to 1e7 rounded products on both sides',
        'pAsymptotic': '1e-9 relative: the same expansions, p down to 1e-100',
        'w1': '1e-11 relative: sums of up to 4e4 terms',
        'chi': '1e-12 relative; p 1e-10 relative, logarithms of numbers up to 700',
        'jensenShannon': '1e-12 relative, 1e-9 where the histograms are nearly equal: scipy cancels there',
        'adjusted': '1e-15 relative', 'psi': '1e-12 relative',
    },
    'samples': samples, 'tables': tables, 'tails': tails, 'histograms': shapes, 'families': families, 'stability': drifts,
}
pathlib.Path(__file__).with_suffix('.json').write_text(json.dumps(out) + '\n')
