"""Cross-validated scores of scikit-learn's linear models on six real tables, in tests/golden/linearTables.json.

Pinned: Python 3.11, scikit-learn 1.9.1, numpy 2.4.6.
Run: python tests/golden/linearTables.py FOLDER, where FOLDER holds heart.csv, concrete.csv and auto_mpg.csv; churn and bikes are the app's samples,
wine comes with scikit-learn.

Sources. Heart: Janosi, Steinbrunn, Pfisterer and Detrano (1989), Heart Disease, UCI, https://doi.org/10.24432/C52P4X, CC BY 4.0. Wine: Aeberhard and
Forina (1992), UCI, https://doi.org/10.24432/C5PC7J, CC BY 4.0. Auto MPG: Quinlan (1993), UCI, https://doi.org/10.24432/C5859H, CC BY 4.0. Concrete:
Yeh (1998), as distributed in the R package modeldata, MIT. Changed: rows with gaps left out, categories as codes.
"""

import csv
import json
import pathlib
import sys
import warnings

import numpy as np
import sklearn
from sklearn.datasets import load_wine
from sklearn.linear_model import Lasso, LogisticRegression, Ridge
from sklearn.metrics import accuracy_score, log_loss, r2_score

warnings.filterwarnings("ignore")
SEED, REPEATS, FOLDS = 7, 5, 5
here = pathlib.Path(__file__)
samples = here.parents[2] / "public/samples"


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def number(text):
    try:
        float(text)
        return True
    except ValueError:
        return False


def table(rows, target, left_out=(), kind="classification"):
    """Columns as numbers or as codes of their sorted words; rows with an empty cell are left out."""
    columns = [name for name in rows[0] if name != target and name not in left_out]
    rows = [row for row in rows if all(row[name].strip() != "" and row[name] != "NA" for name in columns + [target])]
    made = []
    for name in columns:
        values = [row[name] for row in rows]
        if all(map(number, values)):
            made.append(dict(name=name, categories=0, values=[float(v) for v in values]))
        else:
            words = sorted(set(values))
            made.append(dict(name=name, categories=len(words), values=[words.index(v) for v in values]))
    truth = [row[target] for row in rows]
    if kind == "classification":
        words = sorted(set(truth))
        return dict(kind=kind, classes=len(words), columns=made, y=[words.index(v) for v in truth])
    return dict(kind=kind, classes=0, columns=made, y=[float(v) for v in truth])


folder = pathlib.Path(sys.argv[1])
wine = load_wine()
bikes_out = ["index", "Date", "Year", "Number of Casual Users", "Number of Registered Users"]
tables = {
    "heart": table(read(folder / "heart.csv"), "Diagnosis of Heart Disease"),
    "wine": dict(kind="classification", classes=3, columns=[dict(name=name, categories=0, values=wine.data[:, k].tolist()) for k, name in enumerate(wine.feature_names)], y=wine.target.tolist()),
    "churn": dict(file="churn/churn.csv", target="churn", leftOut=[], **table(read(samples / "churn/churn.csv"), "churn")),
    "concrete": table(read(folder / "concrete.csv"), "compressive_strength", kind="regression"),
    "auto mpg": table(read(folder / "auto_mpg.csv"), "mpg", ["car name"], kind="regression"),
    "bikes": dict(file="bikes/bikes-2011.csv", target="Total Users", leftOut=bikes_out, **table(read(samples / "bikes/bikes-2011.csv"), "Total Users", bikes_out, kind="regression")),
}


def mixed(n):
    """murmur3's finaliser."""
    h = np.asarray(n, dtype=np.uint32)
    h = (h ^ (h >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    h = (h ^ (h >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return h ^ (h >> np.uint32(16))


def folds_of(rows, repeat):
    """The rows in the order of their hash, dealt out in turn."""
    order = np.argsort(mixed(np.arange(rows) + 1_000_003 * (SEED + repeat)), kind="stable")
    fold = np.empty(rows, dtype=int)
    fold[order] = np.arange(rows) % FOLDS
    return fold


def features(columns):
    parts = []
    for one in columns:
        values = np.array(one["values"])
        if one["categories"]:
            parts.append((values[:, None] == np.arange(one["categories"])).astype(float))
        else:
            parts.append(((values - values.mean()) / values.std())[:, None])
    return np.hstack(parts).astype(np.float32).astype(float)


def logistic(penalty, strength):
    if penalty == "l2":
        return LogisticRegression(C=1 / strength, solver="lbfgs", tol=1e-6, max_iter=10_000)
    return LogisticRegression(C=1 / strength, l1_ratio=1, solver="saga", tol=1e-6, max_iter=20_000, random_state=1)


for name, one in tables.items():
    x, y = features(one["columns"]), np.array(one["y"])
    one["rows"], one["features"] = x.shape
    one["scores"] = []
    for penalty, strength in [("l2", 1.0), ("l1", 2.0)]:
        if penalty == "l1" and name == "churn":
            continue  # saga takes many minutes for it
        means = []
        for repeat in range(REPEATS):
            fold = folds_of(len(y), repeat)
            scores = []
            for f in range(FOLDS):
                train, test = fold != f, fold == f
                if one["kind"] == "classification":
                    model = logistic(penalty, strength).fit(x[train], y[train])
                    p = model.predict_proba(x[test])
                    scores.append([log_loss(y[test], p, labels=range(one["classes"])), accuracy_score(y[test], p.argmax(axis=1))])
                else:
                    model = Ridge(alpha=strength) if penalty == "l2" else Lasso(alpha=strength * y[train].std() / train.sum(), tol=1e-8, max_iter=100_000)
                    p = model.fit(x[train], y[train]).predict(x[test])
                    scores.append([np.mean((p - y[test]) ** 2) / y.var(), r2_score(y[test], p)])
            means.append(np.mean(scores, axis=0))
        mean, sd = np.mean(means, axis=0), np.std(means, axis=0, ddof=1)
        print(name, penalty, x.shape, mean, sd)
        one["scores"].append(dict(penalty=penalty, strength=strength, mean=mean.tolist(), sd=sd.tolist()))
    if "file" in one:
        one["columns"] = [dict(name=c["name"], categories=c["categories"], values=[]) for c in one["columns"]]
        one["y"] = []

header = dict(
    tool="scikit-learn",
    versions={"scikit-learn": sklearn.__version__, "numpy": np.__version__},
    seed=SEED,
    repeats=REPEATS,
    folds=FOLDS,
    tolerance="means of log-loss and accuracy, or of squared error and R²: within 1e-4, and within the interval of repeated cross-validation",
    command="python tests/golden/linearTables.py FOLDER",
)
path = here.with_name("linearTables.json")
path.write_text(json.dumps(dict(**header, tables=tables), ensure_ascii=False) + "\n")
print(path, path.stat().st_size)
