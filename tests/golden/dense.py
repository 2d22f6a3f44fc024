"""Loss curves of PyTorch for the dense learner, in tests/golden/dense.json.

Pinned: Python 3.11, torch 2.15.0.
Run: python tests/golden/dense.py

Full batches in float64, from first values that are stored with the rows; all stored numbers are multiples of 1/256, so that float32 holds them.
"""

import json
import pathlib

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

SEED = 11
EPOCHS = 40
rng = np.random.default_rng(SEED)
grid = lambda a: np.round(np.asarray(a) * 256) / 256
double = lambda a: torch.tensor(np.asarray(a), dtype=torch.float64)


class Net(nn.Module):
    """Layers of x·W + b, norm, activation, dropout-free, with the input added where widths agree."""

    def __init__(self, numbers, tables, hidden, outputs, activation, norm, residual):
        super().__init__()
        self.activation, self.residual = activation, residual
        self.tables = nn.ParameterList([nn.Parameter(double(grid(rng.normal(size=(n + 1, width)) * 0.5))) for n, width in tables])
        self.weights, self.biases, self.norms = nn.ParameterList(), nn.ParameterList(), nn.ModuleList()
        inputs = numbers + sum(width for _, width in tables)
        for width in [*hidden, outputs]:
            self.weights.append(nn.Parameter(double(grid(rng.uniform(-1, 1, size=(inputs, width)) * np.sqrt(3 / inputs)))))
            self.biases.append(nn.Parameter(double(grid(rng.normal(size=width) * 0.1))))
            inputs = width
        for width in hidden:
            made = {"layer": nn.LayerNorm, "batch": nn.BatchNorm1d}.get(norm, nn.Identity)(width)
            self.norms.append(made.double())

    def forward(self, x, codes):
        h = torch.cat([x, *[table[codes[:, e]] for e, table in enumerate(self.tables)]], dim=1)
        for l, (w, b) in enumerate(zip(self.weights, self.biases)):
            z = h @ w + b
            if l < len(self.norms):
                z = self.norms[l](z)
                z = {"relu": F.relu, "tanh": torch.tanh, "gelu": lambda u: F.gelu(u, approximate="tanh")}[self.activation](z)
                if self.residual and l > 0 and z.shape == h.shape:
                    z = z + h
            h = z
        return h


def losses_of(kind, number, z, y):
    if kind == "sigmoid":
        return F.binary_cross_entropy_with_logits(z[:, 0], y, reduction="none")
    if kind == "softmax":
        return F.cross_entropy(z, y.long(), reduction="none")
    if kind == "squared":
        return (z[:, 0] - y) ** 2 / 2
    if kind == "huber":
        return F.huber_loss(z[:, 0], y, reduction="none", delta=number)
    off = y - z[:, 0]
    return torch.maximum(number * off, (number - 1) * off)


def optimiser_of(net, name, rate, decay, momentum):
    matrices = list(net.weights)
    rest = [p for p in net.parameters() if not any(p is m for m in matrices)]
    groups = [{"params": matrices, "weight_decay": decay}, {"params": rest, "weight_decay": 0}]
    if name == "sgd":
        return torch.optim.SGD(groups, lr=rate, momentum=momentum)
    return {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW}[name](groups, lr=rate)


cases = []
for case in [
    dict(name="two classes, ReLU, AdamW with decay, weighted", loss="sigmoid", activation="relu", norm="none", residual=False, optimiser="adamw", rate=0.01, decay=0.1, weighted=True),
    dict(name="three classes, GELU, layer norm, short cut, momentum", loss="softmax", activation="gelu", norm="layer", residual=True, optimiser="sgd", rate=0.05, decay=0.01, weighted=True),
    dict(name="Huber, tanh, batch norm, Adam with a penalty", loss="huber", number=0.5, activation="tanh", norm="batch", residual=False, optimiser="adam", rate=0.01, decay=0.02, weighted=False),
    dict(name="squared, tanh, embeddings, gradients cut", loss="squared", activation="tanh", norm="none", residual=True, optimiser="adamw", rate=0.01, decay=0.0, clip=0.3, weighted=False, tables=[[5, 3], [2, 2]]),
    dict(name="quantile, ReLU, layer norm, embeddings", loss="quantile", number=0.8, activation="relu", norm="layer", residual=False, optimiser="adam", rate=0.003, decay=0.0, weighted=True, tables=[[4, 2]]),
]:
    rows, numbers, hidden = 60, 5, [9, 9]
    tables, number, clip = case.get("tables", []), case.get("number", 0), case.get("clip", 0)
    x = grid(rng.normal(size=(rows, numbers)))
    # Every code occurs, the missing one too: where one does not, ours leaves its moments alone and PyTorch does not.
    codes = np.stack([rng.permutation(np.arange(rows) % (n + 1)) for n, _ in tables], axis=1) if tables else np.zeros((rows, 0), dtype=int)
    signal = x[:, 0] - x[:, 1] * x[:, 2] + (codes.sum(axis=1) - 2 if tables else 0)
    y = {"sigmoid": (signal > 0).astype(float), "softmax": np.digitize(signal, [-0.5, 0.5]).astype(float)}.get(case["loss"], grid(signal))
    w = grid(rng.uniform(0.25, 2, size=rows)) if case["weighted"] else None
    net = Net(numbers, tables, hidden, 3 if case["loss"] == "softmax" else 1, case["activation"], case["norm"], case["residual"])
    first = dict(weights=[p.tolist() for p in map(lambda p: p.detach().numpy().ravel(), net.weights)], biases=[p.detach().numpy().tolist() for p in net.biases],
                 tables=[p.detach().numpy().ravel().tolist() for p in net.tables])
    step = optimiser_of(net, case["optimiser"], case["rate"], case["decay"], 0.9)
    share = torch.ones(rows, dtype=torch.float64) if w is None else double(w * rows / w.sum())
    curve = []
    for _ in range(EPOCHS):
        step.zero_grad()
        loss = (share * losses_of(case["loss"], number, net(double(x), torch.tensor(codes)), double(y))).mean()
        loss.backward()
        if clip > 0:
            nn.utils.clip_grad_norm_(net.parameters(), clip)
        step.step()
        curve.append(loss.item())
    # A batch norm answers with its running statistics, of whose variance PyTorch takes the unbiased and ours the weighted one: not compared.
    answers = None
    if case["norm"] != "batch":
        net.eval()
        answers = net(double(x), torch.tensor(codes))[:10].detach().numpy().ravel().tolist()
    print(case["name"], curve[0], curve[-1])
    cases.append(dict(**{**dict(number=0, clip=0, tables=[]), **case}, rows=rows, numbers=numbers, hidden=hidden, x=x.ravel().tolist(), codes=codes.ravel().tolist(), y=y.tolist(),
                      weights=None if w is None else w.tolist(), first=first, curve=curve, answers=answers))

header = dict(tool="PyTorch", versions=dict(torch=torch.__version__, numpy=np.__version__), seed=SEED,
              tolerance="losses 1e-6, answers 2e-5: float32 beside float64 over 40 steps", command="python tests/golden/dense.py")
path = pathlib.Path(__file__).with_name("dense.json")
path.write_text(json.dumps(dict(**header, cases=cases)) + "\n")
print(path, path.stat().st_size)
