"""One epoch of a dense network 20-64-64-1 on 20,000 rows, batch 32 and batch 512, on one thread: PyTorch and scikit-learn.

Prints one JSON line: {"peer, batch": {"ms": median of five after a warm-up, "version": ...}}.
Run: python tests/bench/peers/dense.py
"""

import json
import os
import statistics
import time
import warnings

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

import numpy as np

ROWS, FEATURES, HIDDEN, REPEATS = 20_000, 20, 64, 5
rng = np.random.default_rng(1)
x = rng.normal(size=(ROWS, FEATURES)).astype(np.float32)
y = (x[:, 0] + x[:, 1] * x[:, 2] + 0.3 * rng.normal(size=ROWS) > 0).astype(np.float32)
measured = {}


def median_ms(epoch):
    epoch()
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        epoch()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def torch_epochs():
    import torch
    from torch import nn

    torch.set_num_threads(1)
    torch.manual_seed(1)
    tx, ty = torch.from_numpy(x), torch.from_numpy(y)[:, None]
    for batch in (32, 512):
        net = nn.Sequential(nn.Linear(FEATURES, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 1))
        optimiser = torch.optim.Adam(net.parameters(), lr=1e-3)
        loss_of = nn.BCEWithLogitsLoss()

        def epoch():
            order = torch.randperm(ROWS)
            for start in range(0, ROWS, batch):
                rows = order[start : start + batch]
                optimiser.zero_grad()
                loss_of(net(tx[rows]), ty[rows]).backward()
                optimiser.step()

        measured[f"PyTorch CPU, batch {batch}"] = {"ms": median_ms(epoch), "version": torch.__version__}


def sklearn_epochs():
    import sklearn
    from sklearn.neural_network import MLPClassifier

    for batch in (32, 512):
        net = MLPClassifier((HIDDEN, HIDDEN), batch_size=batch, max_iter=1, random_state=1, warm_start=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ms = median_ms(lambda: net.fit(x, y))
        measured[f"scikit-learn MLPClassifier, batch {batch}"] = {"ms": ms, "version": sklearn.__version__}


for peer in (torch_epochs, sklearn_epochs):
    try:
        peer()
    except ImportError:
        pass
print(json.dumps(measured))
