"""Writes latency.json: reference intervals of quantiles for src/domain/deployment/orderStatistics.ts.

Pinned: python 3.11, numpy 2.4.6, scipy 1.17.1
    python3 -m venv /tmp/latency && /tmp/latency/bin/pip install numpy==2.4.6 scipy==1.17.1
    /tmp/latency/bin/python tests/golden/latency.py
"""
import json
import math
import pathlib

import numpy as np
import scipy
from scipy.stats import quantile_test

pinned = {'numpy': '2.4.6', 'scipy': '1.17.1'}
found = {'numpy': np.__version__, 'scipy': scipy.__version__}
assert found == pinned, f'wrong versions: {found}'

rng = np.random.default_rng(20241124)
cases = []
for n in (5, 9, 30, 300, 1000):
    values = np.round(rng.lognormal(0, 0.5, n), 6)
    for share in (0.5, 0.95, 0.99):
        low, high = quantile_test(values, p=share).confidence_interval(confidence_level=0.95)
        # One end alone is no interval: both are null then, as in ours.
        known = not (math.isnan(low) or math.isnan(high))
        cases.append({
            'values': [float(x) for x in values],
            'share': share,
            'value': float(np.quantile(values, share)),
            'low': float(low) if known else None,
            'high': float(high) if known else None,
        })
out = pathlib.Path(__file__).with_suffix('.json')
out.write_text(json.dumps({'command': 'tests/golden/latency.py', 'versions': found, 'cases': cases}, separators=(',', ':')) + '\n')
