"""Figures of scikit-learn for k-means, principal components and isolation forest, in tests/golden/unsupervised.json.

Pinned: Python 3.11, scikit-learn 1.9.1, numpy 2.4.6.
Run: python tests/golden/unsupervised.py

All numbers of x are multiples of 1/64, so that float32 holds them exactly.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.ensemble import IsolationForest

SEED = 31
rng = np.random.default_rng(SEED)
grid = lambda a: np.round(a * 64) / 64

means = []
for name, rows, features, clusters, spread in [("four groups apart", 240, 3, 4, 6.0), ("no groups", 200, 5, 6, 0.0), ("one group", 60, 2, 1, 0.0)]:
    x = grid(rng.normal(size=(rows, features)) + spread * rng.normal(size=(clusters, features))[rng.integers(0, clusters, rows)])
    initial = x[rng.choice(rows, clusters, replace=False)]
    model = KMeans(clusters, init=initial, n_init=1, tol=1e-4, max_iter=300, algorithm="lloyd").fit(x)
    # The least inertia of many starts, which a search from seeds far apart should come near.
    best = KMeans(clusters, n_init=50, random_state=SEED).fit(x)
    means.append(
        dict(name=name, rows=rows, features=features, clusters=clusters, x=x.ravel().tolist(), initial=initial.ravel().tolist(), centres=model.cluster_centers_.ravel().tolist(),
             labels=model.labels_.tolist(), inertia=model.inertia_, best=best.inertia_)
    )

components = []
for name, rows, features, count in [("square", 150, 6, 6), ("more features than rows", 12, 20, 5), ("one component", 80, 4, 1)]:
    x = grid(3 + rng.normal(size=(rows, features)) @ rng.normal(size=(features, features)))
    model = PCA(count, svd_solver="full").fit(x)
    components.append(
        dict(name=name, rows=rows, features=features, count=count, x=x.ravel().tolist(), components=model.components_.ravel().tolist(), variances=model.explained_variance_.tolist(),
             shares=model.explained_variance_ratio_.tolist(), means=model.mean_.tolist(), along=model.transform(x[:10]).ravel().tolist())
    )

forests = []
for name, rows, features, odd in [("a cloud with a few rows outside", 400, 4, 20), ("fewer rows than a sample", 100, 3, 5)]:
    x = rng.normal(size=(rows, features))
    x[:odd] += 4 * np.sign(rng.normal(size=(odd, features)))
    x = grid(x)
    # Two forests of scikit-learn with other seeds: how far apart they are is what may be asked of ours.
    scores = [-IsolationForest(n_estimators=100, max_samples=min(256, rows), random_state=seed).fit(x).score_samples(x) for seed in (1, 2)]
    forests.append(dict(name=name, rows=rows, features=features, x=x.ravel().tolist(), scores=scores[0].tolist(), others=scores[1].tolist()))

header = dict(
    tool="scikit-learn",
    versions={"scikit-learn": sklearn.__version__, "numpy": np.__version__},
    seed=SEED,
    tolerance="k-means and components 1e-9; forests: rank correlation and mean as two of scikit-learn's own: see the test",
    command="python tests/golden/unsupervised.py",
)
path = pathlib.Path(__file__).with_name("unsupervised.json")
path.write_text(json.dumps(dict(**header, means=means, components=components, forests=forests)) + "\n")
print(path, path.stat().st_size)
