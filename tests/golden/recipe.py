"""
Writes recipe.json: what scikit-learn's preprocessing makes of one small table, for the transformers of a recipe.

Pinned: python 3.11, numpy 2.4.6, scikit-learn 1.9.1.
Run:    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install numpy==2.4.6 scikit-learn==1.9.1
        /tmp/venv/bin/python tests/golden/recipe.py
"""

import json
import pathlib
import platform

import numpy
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, QuantileTransformer, RobustScaler, StandardScaler

pinned = ("2.4.6", "1.9.1")
assert (numpy.__version__, sklearn.__version__) == pinned, f"wrong versions: {numpy.__version__}, {sklearn.__version__}"

seed = 7
random = numpy.random.default_rng(seed)
train, serve = 1500, 60

# Values are float32 from the start, since a recipe rounds to float32 first.
normal = random.normal(40, 12, train + serve)
columns = {
    "smooth": normal,
    "skewed": random.lognormal(8, 1.5, train + serve),
    "tied": random.poisson(2, train + serve).astype(float),
    "mostlyZero": numpy.where(random.random(train + serve) < 0.9, 0, random.normal(0, 1000, train + serve)),
    "constant": numpy.full(train + serve, 3.25),
    "offset": 20000 + random.normal(0, 1, train + serve),
}
columns["constant"][train:] = random.normal(3, 1, serve)
columns = {name: values.astype(numpy.float32).astype(numpy.float64) for name, values in columns.items()}
holes = random.random((len(columns), train + serve)) < 0.07


def listed(values):
    return [None if isinstance(value, float) and numpy.isnan(value) else value for value in numpy.asarray(values).tolist()]


numbers = []
for index, (name, values) in enumerate(columns.items()):
    held = values.copy()
    held[holes[index]] = numpy.nan
    fit, rest = held[:train, None], held[train:, None]
    expected = {}
    for transformer, key in ((StandardScaler(), "scaleStandard"), (RobustScaler(), "scaleRobust"), (QuantileTransformer(n_quantiles=1000, subsample=None), "scaleQuantile")):
        transformer.fit(fit)
        expected[key] = {"train": listed(transformer.transform(fit)[:200, 0]), "serve": listed(transformer.transform(rest)[:, 0])}
        expected[key]["knots"] = listed(transformer.transform(numpy.unique(fit[~numpy.isnan(fit)])[:200, None])[:, 0]) if key == "scaleQuantile" else []
    for strategy in ("median", "mean", "most_frequent"):
        imputer = SimpleImputer(strategy=strategy).fit(fit)
        expected[strategy] = float(imputer.statistics_[0])
    numbers.append({"name": name, "train": listed(fit[:, 0]), "serve": listed(rest[:, 0]), "expected": expected})

words = ["Zoe", "apple", "Äpfel", "😀 face", "\uffee wide", "banana", "__proto__", "a,b"]
picked = random.choice(len(words) - 1, 120)
fit_words = [words[i] for i in picked]
serve_words = [words[i] for i in random.choice(len(words), 40)] + ["never seen"]
one_hot = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(numpy.array(fit_words, dtype=object)[:, None])
ordinal = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1).fit(numpy.array(fit_words, dtype=object)[:, None])
served = numpy.array(serve_words, dtype=object)[:, None]

document = {
    "tool": "scikit-learn",
    "versions": {"python": platform.python_version(), "numpy": numpy.__version__, "scikit-learn": sklearn.__version__},
    "seed": seed,
    "tolerance": "scaled values: 1e-6 of the larger of 1 and the value, plus half a float32 step of the centre in units of the scale; quantile scaling: 1e-6 plus a float32 step of a knot times the slope there; median and mode: float32 next to it; mean: one float32 step; words exact",
    "command": "python tests/golden/recipe.py",
    "numbers": numbers,
    "words": {
        "train": fit_words,
        "serve": serve_words,
        "categories": one_hot.categories_[0].tolist(),
        "oneHot": one_hot.transform(served).astype(int).tolist(),
        "ordinal": ordinal.transform(served)[:, 0].astype(int).tolist(),
        "mostFrequent": SimpleImputer(strategy="most_frequent").fit(numpy.array(fit_words, dtype=object)[:, None]).statistics_[0],
    },
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(document, ensure_ascii=True, separators=(",", ":")) + "\n")
print(path.name, path.stat().st_size, "bytes")
