"""Answers of scikit-learn's trees and of xgboost on small tables, for tests/golden/trees.test.ts.

Pinned: scikit-learn 1.9.1, xgboost 3.2.
Run: python tests/golden/trees.py > tests/golden/trees.json

Numbers are multiples of 1/8 with few distinct values, so that every value has a bin of its own here and float32 holds it exactly: the trees can then be
the same, split by split. Targets are continuous or noisy, so that no two splits gain alike. Some numbers are missing for xgboost.
"""
import json
import sys

import numpy as np
import sklearn
import xgboost
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

SEED = 31
ROWS, FEATURES = 400, 5
rng = np.random.default_rng(SEED)
x = np.round(rng.normal(size=(ROWS, FEATURES)) * 8) / 8
signal = x[:, 0] - x[:, 1] ** 2 + np.sin(3 * x[:, 2]) + 0.5 * rng.normal(size=ROWS)
value = np.round((10 + 3 * signal) * 1024) / 1024
two = (signal > np.median(signal)).astype(int)
three = np.digitize(signal, np.quantile(signal, [0.3, 0.7]))
count = rng.poisson(np.exp(0.5 * np.clip(signal, -2, 2)))
weights = np.round(rng.uniform(0.5, 2, size=ROWS) * 64) / 64
gaps = x.copy()
gaps[rng.random(size=x.shape) < 0.15] = np.nan

cases = []


def keep(name, learner, kind, classes, settings, features, y, answers, w=None):
    cases.append(dict(name=name, learner=learner, kind=kind, classes=classes, settings=settings, gaps=features is gaps, y=y.tolist(),
                      weights=None if w is None else w.tolist(), answers=[round(float(v), 7) for v in np.ravel(answers)]))


small = dict(max_depth=5, min_samples_leaf=7)
ours = dict(max_depth=5, min_leaf=7, smoothing=0)
keep("a tree of two classes", "tree", "classification", 2, ours, x, two, DecisionTreeClassifier(**small, random_state=1).fit(x, two).predict_proba(x))
keep("a tree of three classes", "tree", "classification", 3, dict(max_depth=3, min_leaf=12, smoothing=0), x, three, DecisionTreeClassifier(max_depth=3, min_samples_leaf=12, random_state=1).fit(x, three).predict_proba(x))
keep("a tree of values", "tree", "regression", 0, ours, x, value, DecisionTreeRegressor(**small, random_state=1).fit(x, value).predict(x))

for name, features, y, objective, kind, classes, given, theirs, w in [
    ("boosting of two classes", x, two, "binary:logistic", "classification", 2, {}, {}, None),
    ("boosting of two classes with gaps and weights", gaps, two, "binary:logistic", "classification", 2, {}, {}, weights),
    ("boosting of values", x, value, "reg:squarederror", "regression", 0, {}, {}, None),
    ("boosting of values with gaps", gaps, value, "reg:squarederror", "regression", 0, {}, {}, None),
    ("boosting of values in one direction", x, value, "reg:squarederror", "regression", 0, dict(monotone="f0:+,f1:-"), dict(monotone_constraints=(1, -1, 0, 0, 0)), None),
    ("boosting of values, best leaf first", x, value, "reg:squarederror", "regression", 0, dict(grow_policy="lossguide", max_leaves=9, max_depth=0), dict(grow_policy="lossguide", max_leaves=9, max_depth=0), None),
    ("boosting of counts", x, count, "count:poisson", "regression", 0, dict(loss="poisson"), {}, None),
]:
    mean = float(np.float32(np.average(y, weights=w)))
    common = dict(n_estimators=20, learning_rate=0.3, max_depth=4, reg_lambda=1.0, min_child_weight=1, tree_method="hist", max_bin=256, n_jobs=1, base_score=mean)
    model = (xgboost.XGBClassifier if classes else xgboost.XGBRegressor)(**{**common, "objective": objective, **theirs}).fit(features, y, sample_weight=w)
    settings = {"rounds": 20, "learning_rate": 0.3, "max_depth": 4, **given}
    keep(name, "boosting", kind, classes, settings, features, y, model.predict_proba(features) if classes else model.predict(features), w)

json.dump({
    "versions": {"scikit-learn": sklearn.__version__, "xgboost": xgboost.__version__, "numpy": np.__version__}, "seed": SEED, "rows": ROWS, "features": FEATURES,
    "x": np.ravel(x).tolist(), "gaps": [None if np.isnan(v) else v for v in np.ravel(gaps)], "cases": cases,
}, sys.stdout)
