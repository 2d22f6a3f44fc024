"""Scores of interpret's explainable boosting machines on three real tables, in tests/golden/ebm.json, over folds that the test shares.

Pinned: Python 3.11, interpret-core 0.7.8, scikit-learn 1.9.1, numpy 2.4.6, pandas.
Run: python tests/golden/ebm.py

Rows are drawn from public/samples. Categories are their codes in order of the alphabet; null is missing. Numbers are rounded to what float32
and few characters hold.
"""

import json
import pathlib

import interpret
import numpy as np
import pandas as pd
import sklearn
from interpret.glassbox import ExplainableBoostingClassifier, ExplainableBoostingRegressor
from sklearn.metrics import log_loss, mean_squared_error
from sklearn.model_selection import KFold, StratifiedKFold

SEED = 7
BAGS, PAIRS, FOLDS, REPEATS = 8, 10, 4, 2
samples = pathlib.Path(__file__).resolve().parents[2] / "public" / "samples"

churn = pd.read_csv(samples / "churn" / "churn.csv").sample(1200, random_state=SEED)
census = pd.read_csv(samples / "census" / "census.csv", na_values="?", skipinitialspace=True).sample(1500, random_state=SEED)
bikes = pd.concat([pd.read_csv(samples / "bikes" / f"bikes-{year}.csv") for year in (2011, 2012)])
weather = ["Average Temperature (Celsius)", 'Average "Feels Like" Temperature', "Humidity (0 - 1)", "Wind Speed"]

tables = [
    ("churn, two classes", churn.drop(columns="churn"), churn["churn"], "classification"),
    ("census income, two classes", census.drop(columns=["income", "fnlwgt", "education"]), census["income"], "classification"),
    ("bikes, users of a day", bikes[["Season", "Year", "Month", "Holiday", "Day of Week", "Weather Description", *weather]], bikes["Total Users"], "regression"),
    ("bikes, four seasons", bikes[["Day of Week", "Weather Description", *weather, "Total Users"]], bikes["Season"], "classification"),
]

cases = []
for name, table, target, kind in tables:
    categories, columns, types = [], [], []
    for column in table:
        if pd.api.types.is_numeric_dtype(table[column]):
            columns.append(table[column].to_numpy(float).round(4).astype(np.float32).astype(float))
            categories.append(0)
            types.append("continuous")
        else:
            known = sorted(table[column].dropna().unique())
            columns.append(table[column].map({word: code for code, word in enumerate(known)}).to_numpy(float))
            categories.append(len(known))
            types.append("nominal")
    x = np.stack(columns, axis=1)
    classes = sorted(target.unique()) if kind == "classification" else []
    y = np.array([classes.index(label) for label in target]) if classes else target.to_numpy(float)
    frame = pd.DataFrame({i: (x[:, i] if types[i] == "continuous" else pd.Series(x[:, i]).map(lambda code: None if np.isnan(code) else f"c{int(code)}")) for i in range(x.shape[1])})
    folds, scores = [], []
    for repeat in range(REPEATS):
        splitter = (StratifiedKFold if classes else KFold)(FOLDS, shuffle=True, random_state=SEED + repeat)
        of = np.zeros(len(y), int)
        for fold, (train, test) in enumerate(splitter.split(x, y)):
            of[test] = fold
            model = (ExplainableBoostingClassifier if classes else ExplainableBoostingRegressor)(feature_types=types, outer_bags=BAGS, interactions=PAIRS, n_jobs=1, random_state=SEED)
            model.fit(frame.iloc[train], y[train])
            if classes:
                scores.append(float(log_loss(y[test], model.predict_proba(frame.iloc[test]), labels=list(range(len(classes))))))
            else:
                scores.append(float(np.sqrt(mean_squared_error(y[test], model.predict(frame.iloc[test])))))
        folds.append("".join(map(str, of)))
    print(name, len(y), np.mean(scores).round(4), np.round(scores, 4).tolist(), flush=True)
    short = lambda value: None if np.isnan(value) else int(value) if value == int(value) else round(float(value), 4)
    cases.append(dict(name=name, kind=kind, classes=len(classes), rows=len(y), categories=categories, columns=[[short(v) for v in column] for column in columns], y=[short(v) for v in y], folds=folds, scores=scores))

header = dict(
    tool="interpret",
    versions={"interpret-core": interpret.__version__, "scikit-learn": sklearn.__version__, "numpy": np.__version__},
    seed=SEED,
    tolerance="mean of the paired differences within the 95 % interval of the corrected resampled t-test (Nadeau and Bengio 2003)",
    command="python tests/golden/ebm.py",
    settings=dict(bags=BAGS, interactions=PAIRS, score="log-loss for classes, root mean squared error for values"),
)
path = pathlib.Path(__file__).with_name("ebm.json")
path.write_text(json.dumps(dict(**header, cases=cases), separators=(",", ":")) + "\n")
print(path, path.stat().st_size)
