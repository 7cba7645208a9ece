"""Writes conv56.onnx, conv224.onnx and vgg16.onnx with random weights: python make_onnx.py FOLDER"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

VGG16 = [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0]  # 0: max pooling
INPUTS = {"conv56": [1, 64, 56, 56], "conv224": [1, 3, 224, 224], "vgg16": [1, 3, 224, 224]}


class Chain:
    """Layers one behind the other."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.last = "x"
        self.random = np.random.default_rng(1)

    def array(self, *shape: int, fan_in: float) -> str:
        values = self.random.standard_normal(shape, dtype=np.float32) * np.float32((2 / fan_in) ** 0.5)
        self.weights.append(numpy_helper.from_array(values, f"w{len(self.weights)}"))
        return self.weights[-1].name

    def add(self, op: str, *inputs: str, **attributes: object) -> None:
        output = f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, [self.last, *inputs], [output], **attributes))
        self.last = output

    def conv(self, channels: int, filters: int) -> None:
        kernel = self.array(filters, channels, 3, 3, fan_in=9 * channels)
        self.add("Conv", kernel, self.array(filters, fan_in=1e9), pads=[1, 1, 1, 1], kernel_shape=[3, 3])

    def dense(self, inputs: int, units: int) -> None:
        self.add("Gemm", self.array(inputs, units, fan_in=inputs), self.array(units, fan_in=1e9))

    def save(self, file: Path, name: str) -> None:
        given = helper.make_tensor_value_info("x", TensorProto.FLOAT, INPUTS[name])
        got = helper.make_tensor_value_info(self.last, TensorProto.FLOAT, None)
        graph = helper.make_graph(self.nodes, name, [given], [got], self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
        onnx.save(model, str(file))


def vgg16() -> Chain:
    chain, channels = Chain(), 3
    for filters in VGG16:
        if filters:
            chain.conv(channels, filters)
            chain.add("Relu")
            channels = filters
        else:
            chain.add("MaxPool", kernel_shape=[2, 2], strides=[2, 2])
    chain.add("Flatten")
    for inputs, units in [(25088, 4096), (4096, 4096)]:
        chain.dense(inputs, units)
        chain.add("Relu")
    chain.dense(4096, 1000)
    chain.add("Softmax", axis=1)
    return chain


def one(channels: int, filters: int) -> Chain:
    chain = Chain()
    chain.conv(channels, filters)
    return chain


folder = Path(sys.argv[1])
for name, chain in {"conv56": one(64, 128), "conv224": one(3, 64), "vgg16": vgg16()}.items():
    chain.save(folder / f"{name}.onnx", name)
