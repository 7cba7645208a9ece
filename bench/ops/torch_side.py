"""PyTorch as it comes: python torch_side.py THREADS"""

from __future__ import annotations

import sys
from typing import Callable

import torch
import torch.nn.functional as F
from torch import nn

from serve import serve

threads = int(sys.argv[1])
torch.set_num_threads(threads)
torch.manual_seed(1)

VGG16 = [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0]  # 0: max pooling


def vgg16() -> nn.Module:
    layers: list[nn.Module] = []
    channels = 3
    for filters in VGG16:
        if filters:
            layers += [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU(inplace=True)]
            channels = filters
        else:
            layers.append(nn.MaxPool2d(2))
    head = [nn.Linear(25088, 4096), nn.ReLU(inplace=True), nn.Linear(4096, 4096), nn.ReLU(inplace=True), nn.Linear(4096, 1000)]
    return nn.Sequential(*layers, nn.Flatten(), *head, nn.Softmax(1)).eval()


def training_step() -> Callable[[], object]:
    def block(before: int, filters: int) -> list[nn.Module]:
        return [nn.Conv2d(before, filters, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]

    head = [nn.Flatten(), nn.Linear(3136, 128), nn.ReLU(), nn.Linear(128, 10)]
    net = nn.Sequential(*block(1, 32), *block(32, 64), *head)
    pictures, labels = torch.randn(64, 1, 28, 28), torch.arange(64) % 10
    optimiser = torch.optim.SGD(net.parameters(), lr=0.01)

    def step() -> float:
        optimiser.zero_grad()
        loss = F.cross_entropy(net(pictures), labels)
        loss.backward()
        optimiser.step()
        return loss.item()

    return step


def inference(run: Callable[[], object]) -> Callable[[], object]:
    def inside() -> object:
        with torch.inference_mode():
            return run()

    return inside


def prepare(task: str) -> Callable[[], object]:
    if task == "step":
        return training_step()
    if task == "vgg16":
        net, picture = vgg16(), torch.randn(1, 3, 224, 224)
        return inference(lambda: net(picture))
    height, channels, filters = {"conv56": (56, 64, 128), "conv224": (224, 3, 64)}[task]
    x, kernel = torch.randn(1, channels, height, height), torch.randn(filters, channels, 3, 3)
    return inference(lambda: F.conv2d(x, kernel, padding=1))


serve(prepare, {"library": f"PyTorch {torch.__version__.split('+')[0]}", "threads": threads})
