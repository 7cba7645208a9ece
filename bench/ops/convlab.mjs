/** The library itself, as its users call it: arrays in, arrays out. The back end comes from the environment. */

import { lab } from "./library.mjs";
import { serve } from "./serve.mjs";

const { backendReport, fast, random, reference, train, useBackend, vgg } = await lab();
const isReference = process.argv[2] === "reference";
if (!isReference) await useBackend();

/** Convolutions: arrays in, an array out, padding 1. */
function convolution(ops, height, channels, filters) {
  const input = random([height, height, channels]);
  const kernel = random([3, 3, channels, filters], 2);
  return () => ops.conv2d(input, kernel, { padding: 1 });
}

const tasks = {
  conv56: () => convolution(fast, 56, 64, 128),
  conv224: () => convolution(fast, 224, 3, 64),
  // 4.6 million multiplications with additions: a middle layer of a small network.
  loops: () => convolution(reference, 32, 16, 32),
  vgg16: () => {
    const net = train.fastNetwork(vgg.config("D"));
    const picture = random([224, 224, 3]);
    return () => net.predict(picture);
  },
  step: () => {
    const { conv, dense, maxPool, relu } = train;
    const block = (filters) => [conv(filters, 3, { padding: "same" }), relu(), maxPool(2)];
    const layers = [...block(32), ...block(64), dense(128), relu(), dense(10)];
    const net = train.fastNetwork([28, 28, 1], layers);
    const pictures = random([64, 28, 28, 1]);
    const labels = Array.from({ length: 64 }, (_, i) => i % 10);
    return () => net.fit(pictures, labels, { epochs: 1, batch: 64, rate: 0.01, momentum: 0 });
  },
};

const report = isReference ? { library: "loops" } : backendReport();
const { library, threads } = report;
await serve(async (task) => tasks[task](), { library, threads });
