"""scikit-learn's k-means on one thread: 20 iterations over 100,000 rows of 20 float32 numbers, 8 centres, from the first 8 rows."""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import json
import statistics
import time
import warnings

import numpy as np
import sklearn
from sklearn.cluster import KMeans

warnings.simplefilter("ignore")
rng = np.random.default_rng(7)
x = rng.normal(size=(100_000, 20)).astype(np.float32)
times = {"lloyd": [], "elkan": []}
for algorithm, taken in times.items():
    for run in range(6):
        started = time.perf_counter()
        model = KMeans(8, init=x[:8], n_init=1, max_iter=20, tol=0, algorithm=algorithm).fit(x)
        taken.append(1000 * (time.perf_counter() - started))
    assert model.n_iter_ == 20, model.n_iter_
print(json.dumps({f"scikit-learn KMeans, {algorithm}": {"ms": statistics.median(taken[1:]), "version": sklearn.__version__} for algorithm, taken in times.items()}))
