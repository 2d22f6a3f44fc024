"""Scores of the peers on five real tables under ten held-out folds (two times five), for tests/golden/scores.test.ts.

Run by hand from the project's root: python tests/golden/scores.py > tests/golden/scores.json
Needs scikit-learn, xgboost, lightgbm, interpret-core, pandas. The folds are a formula, so that both sides hold out the same rows.
"""
import json
import sys
import warnings

import interpret
import lightgbm
import numpy as np
import pandas as pd
import sklearn
import xgboost
from interpret.glassbox import ExplainableBoostingClassifier, ExplainableBoostingRegressor
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import r2_score, roc_auc_score
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

warnings.filterwarnings("ignore")
REPEATS, FOLDS = 2, 5

TABLES = {
    "census": dict(files=["public/samples/census/census.csv"], rows=3000, target="income", positive=">50K", drop=["fnlwgt"]),
    "churn": dict(files=["public/samples/churn/churn.csv"], rows=3000, target="churn", positive="Yes", drop=[]),
    "credit": dict(files=["tests/golden/tables/credit.csv"], rows=2500, target="Status", positive="bad", drop=[]),
    "bikes": dict(
        files=["public/samples/bikes/bikes-2011.csv", "public/samples/bikes/bikes-2012.csv"], rows=731, target="Total Users", positive=None,
        drop=["index", "Date", "Number of Casual Users", "Number of Registered Users"],
    ),
    "concrete": dict(files=["tests/golden/tables/concrete.csv"], rows=1030, target="compressive_strength", positive=None, drop=[]),
}


def fold_of(row, repeat):
    """Which fold holds a row out: a multiplicative hash, 32 bits."""
    h = (row * 2654435761 + repeat * 40503 + 12345) % 2**32
    h ^= h >> 15
    h = (h * 2246822519) % 2**32
    h ^= h >> 13
    return h % FOLDS


def read(name):
    t = TABLES[name]
    frame = pd.concat([pd.read_csv(f, skipinitialspace=True, na_values=["?", "NA", ""], keep_default_na=False) for f in t["files"]]).head(t["rows"]).reset_index(drop=True)
    y = frame[t["target"]]
    x = frame.drop(columns=[t["target"], *t["drop"]])
    if t["positive"] is not None:
        y = (y.astype(str) == t["positive"]).astype(int)
    return x, y.to_numpy()


def encoded(x):
    numbers = [c for c in x if pd.api.types.is_numeric_dtype(x[c])]
    words = [c for c in x if c not in numbers]
    return ColumnTransformer([
        ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
        ("words", make_pipeline(SimpleImputer(strategy="constant", fill_value=""), OneHotEncoder(handle_unknown="ignore", min_frequency=10)), words),
    ], sparse_threshold=0)


def coded(train, test):
    """Numbers as they are, words as categories known from the training rows."""
    train, test = train.copy(), test.copy()
    for c in train:
        if not pd.api.types.is_numeric_dtype(train[c]):
            known = sorted(train[c].dropna().unique())
            train[c] = pd.Categorical(train[c], categories=known)
            test[c] = pd.Categorical(test[c], categories=known)
    # LightGBM refuses names with signs that JSON has a use for.
    names = [f"c{i}" for i in range(train.shape[1])]
    return train.set_axis(names, axis=1), test.set_axis(names, axis=1)


def models(classify):
    pick = lambda c, r: c if classify else r
    return {
        "linear": (pick(LogisticRegression(C=1.0, max_iter=2000), Ridge(alpha=1.0)), "encoded"),
        "neighbours": (pick(KNeighborsClassifier(15), KNeighborsRegressor(15)), "encoded"),
        "dense": (pick(MLPClassifier(hidden_layer_sizes=(64, 32), batch_size=64, max_iter=60, early_stopping=True, random_state=1), MLPRegressor(hidden_layer_sizes=(64, 32), batch_size=64, max_iter=300, early_stopping=True, random_state=1)), "encoded"),
        "tree": (pick(DecisionTreeClassifier(max_depth=5, min_samples_leaf=20, random_state=1), DecisionTreeRegressor(max_depth=5, min_samples_leaf=20, random_state=1)), "encoded"),
        "forest": (pick(RandomForestClassifier(100, random_state=1, n_jobs=1), RandomForestRegressor(100, random_state=1, n_jobs=1)), "encoded"),
        "boosting xgboost": (pick(xgboost.XGBClassifier, xgboost.XGBRegressor)(n_estimators=100, learning_rate=0.1, max_depth=6, tree_method="hist", enable_categorical=True, n_jobs=1), "coded"),
        "boosting lightgbm": (pick(lightgbm.LGBMClassifier, lightgbm.LGBMRegressor)(n_estimators=100, learning_rate=0.1, num_leaves=31, n_jobs=1, verbose=-1), "coded"),
        "ebm": (pick(ExplainableBoostingClassifier, ExplainableBoostingRegressor)(random_state=1, n_jobs=1, outer_bags=4), "coded"),
    }


scores = {}
for name in TABLES:
    x, y = read(name)
    classify = TABLES[name]["positive"] is not None
    folds = np.array([[fold_of(i, r) for i in range(len(y))] for r in range(REPEATS)])
    scores[name] = {"rows": len(y), "metric": "roc_auc" if classify else "r2", "peers": {}}
    for learner, (model, way) in models(classify).items():
        found = []
        for r in range(REPEATS):
            for f in range(FOLDS):
                train, test = np.flatnonzero(folds[r] != f), np.flatnonzero(folds[r] == f)
                a, b = x.iloc[train].reset_index(drop=True), x.iloc[test].reset_index(drop=True)
                target = y[train]
                if way == "encoded":
                    coder = encoded(x)
                    a, b = coder.fit_transform(a), coder.transform(b)
                else:
                    a, b = coded(a, b)
                centre, scale = (target.mean(), target.std()) if learner == "dense" and not classify else (0, 1)
                fitted = sklearn.base.clone(model).fit(a, target if classify else (target - centre) / scale)
                found.append(roc_auc_score(y[test], fitted.predict_proba(b)[:, 1]) if classify else r2_score(y[test], fitted.predict(b) * scale + centre))
        scores[name]["peers"][learner] = [round(float(v), 6) for v in found]
        print(name, learner, round(float(np.mean(found)), 4), round(float(np.std(found, ddof=1)), 4), file=sys.stderr, flush=True)

json.dump({
    "versions": {"scikit-learn": sklearn.__version__, "xgboost": xgboost.__version__, "lightgbm": lightgbm.__version__, "interpret": interpret.__version__, "numpy": np.__version__, "pandas": pd.__version__},
    "repeats": REPEATS, "folds": FOLDS, "tables": {k: {kk: vv for kk, vv in v.items()} for k, v in TABLES.items()}, "scores": scores,
}, sys.stdout, indent=1)
