"""TensorFlow in Python, call by call or as a compiled graph: python tensorflow_side.py THREADS [graph]"""

from __future__ import annotations

import os
import sys
from typing import Callable

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
import tensorflow as tf  # noqa: E402

from serve import serve  # noqa: E402

threads = int(sys.argv[1])
wrap = tf.function if "graph" in sys.argv else (lambda f: f)
tf.config.threading.set_intra_op_parallelism_threads(threads)
tf.random.set_seed(1)

VGG16 = [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0]  # 0: max pooling


def weights(*shape: int) -> tf.Variable:
    fan_in = 1
    for size in shape[:-1]:
        fan_in *= size
    return tf.Variable(tf.random.normal(shape, stddev=(2 / fan_in) ** 0.5))


def biases(size: int) -> tf.Variable:
    return tf.Variable(tf.zeros(size))


def convolve(x: tf.Tensor, kernel: tf.Variable, bias: tf.Variable) -> tf.Tensor:
    return tf.nn.relu(tf.nn.bias_add(tf.nn.conv2d(x, kernel, 1, "SAME"), bias))


def vgg16() -> Callable[[], object]:
    layers: list[tuple[tf.Variable, tf.Variable] | None] = []
    channels = 3
    for filters in VGG16:
        layers.append((weights(3, 3, channels, filters), biases(filters)) if filters else None)
        channels = filters or channels
    head = [(weights(a, b), biases(b)) for a, b in [(25088, 4096), (4096, 4096), (4096, 1000)]]
    picture = tf.random.normal([1, 224, 224, 3])

    def forward() -> tf.Tensor:
        y = picture
        for layer in layers:
            y = convolve(y, *layer) if layer else tf.nn.max_pool2d(y, 2, 2, "VALID")
        y = tf.reshape(y, [1, 25088])
        for i, (kernel, bias) in enumerate(head):
            y = tf.matmul(y, kernel) + bias
            y = tf.nn.relu(y) if i < 2 else y
        return tf.nn.softmax(y)

    return wrap(forward)


def training_step() -> Callable[[], object]:
    shapes = [(3, 3, 1, 32), (3, 3, 32, 64), (3136, 128), (128, 10)]
    layers = [(weights(*shape), biases(shape[-1])) for shape in shapes]
    variables = [variable for layer in layers for variable in layer]
    pictures, labels = tf.random.normal([64, 28, 28, 1]), tf.range(64) % 10

    def loss() -> tf.Tensor:
        y = pictures
        for layer in layers[:2]:
            y = tf.nn.max_pool2d(convolve(y, *layer), 2, 2, "VALID")
        (k3, b3), (k4, b4) = layers[2:]
        y = tf.nn.relu(tf.matmul(tf.reshape(y, [64, 3136]), k3) + b3)
        scores = tf.matmul(y, k4) + b4
        return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, scores))

    def step() -> tf.Tensor:
        with tf.GradientTape() as tape:
            value = loss()
        for variable, slope in zip(variables, tape.gradient(value, variables)):
            variable.assign_sub(0.01 * slope)
        return value

    return wrap(step)


def prepare(task: str) -> Callable[[], object]:
    if task == "step":
        return training_step()
    if task == "vgg16":
        return vgg16()
    height, channels, filters = {"conv56": (56, 64, 128), "conv224": (224, 3, 64)}[task]
    x, kernel = tf.random.normal([1, height, height, channels]), weights(3, 3, channels, filters)
    return wrap(lambda: tf.nn.conv2d(x, kernel, 1, "SAME"))


serve(prepare, {"library": f"TensorFlow {tf.__version__}{' graph' if 'graph' in sys.argv else ''}", "threads": threads})
