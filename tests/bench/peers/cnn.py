"""PyTorch's time for one epoch of the convolutional net of the bench, on one thread: `cnn.py IMAGES BATCH`. Prints one JSON line."""

import json
import statistics
import sys
import time

import torch
from torch import nn

images, batch = int(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(1)
torch.manual_seed(7)
net = nn.Sequential(
    nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(7 * 7 * 16, 10),
)
optimiser = torch.optim.Adam(net.parameters(), lr=0.001)
loss = nn.CrossEntropyLoss()
labels = torch.arange(images) % 10
x = torch.randn(images, 1, 28, 28) * 0.5
for i in range(images):
    k = int(labels[i])
    x[i, 0, 2 + 2 * k : 6 + 2 * k, 4 + k : 12 + k] += 1


def epoch() -> float:
    started = time.perf_counter()
    order = torch.randperm(images)
    total = 0.0
    for start in range(0, images, batch):
        rows = order[start : start + batch]
        optimiser.zero_grad()
        value = loss(net(x[rows]), labels[rows])
        value.backward()
        optimiser.step()
        total += float(value.detach())
    return (time.perf_counter() - started) * 1000


epoch()
print(json.dumps({"PyTorch": {"ms": statistics.median(epoch() for _ in range(5)), "version": torch.__version__}}))
