/** ONNX Runtime, from the folder that run.sh fills: node onnx.mjs FOLDER THREADS */
import { createRequire } from "node:module";
import { join } from "node:path";
import { serve } from "./serve.mjs";

const [folder, threads] = process.argv.slice(2);
const require = createRequire(join(folder, "package.json"));
const ort = require("onnxruntime-node");
const shapes = { conv56: [1, 64, 56, 56], conv224: [1, 3, 224, 224], vgg16: [1, 3, 224, 224] };

await serve(
  async (task) => {
    const shape = shapes[task];
    if (!shape) throw new Error("does not train");
    const options = { intraOpNumThreads: Number(threads), executionMode: "sequential" };
    const session = await ort.InferenceSession.create(join(folder, `${task}.onnx`), options);
    const size = shape.reduce((product, n) => product * n);
    const x = new ort.Tensor("float32", Float32Array.from({ length: size }, Math.random), shape);
    return () => session.run({ x });
  },
  {
    library: `onnxruntime-node ${require("onnxruntime-node/package.json").version}`,
    threads: Number(threads),
  },
);
