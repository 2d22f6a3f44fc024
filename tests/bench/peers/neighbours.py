"""scikit-learn's nearest neighbours, brute force on one thread: probabilities of 2,000 queries from 20,000 rows of 20 float32 numbers, k 5."""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import json
import statistics
import time

import numpy as np
import sklearn
from sklearn.neighbors import KNeighborsClassifier

rng = np.random.default_rng(7)
x = rng.normal(size=(20_000, 20)).astype(np.float32)
y = (x[:, 0] + rng.normal(size=20_000) > 0).astype(int)
queries = rng.normal(size=(2_000, 20)).astype(np.float32)
model = KNeighborsClassifier(5, algorithm="brute").fit(x, y)
times = []
for run in range(6):
    started = time.perf_counter()
    model.predict_proba(queries)
    times.append(1000 * (time.perf_counter() - started))
print(json.dumps({"scikit-learn KNeighborsClassifier, brute": {"ms": statistics.median(times[1:]), "version": sklearn.__version__}}))
