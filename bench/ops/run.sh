#!/bin/sh
# Measures the library's operations beside PyTorch, TensorFlow and ONNX Runtime, in one run:
#   sh bench/ops/run.sh [--rounds 7] [--write]        (from a built checkout, on a machine that does nothing else)
#
# The peers live outside the repository, in the folder BENCH_OPS (default ~/.cache/convlab-bench): ONNX Runtime from npm,
# onnx and TensorFlow from PyPI. PyTorch: TORCH_PYTHON names a Python that has it, else it is installed there too
# (1 GB; 5 GB with its GPU wheels). What can't be installed is left out and said.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${BENCH_OPS:-$HOME/.cache/convlab-bench}
mkdir -p "$folder"

cp "$here/package.json" "$folder/package.json"
[ -d "$folder/node_modules/onnxruntime-node" ] || npm install --prefix "$folder" --ignore-scripts --silent ||
  echo "ONNX Runtime could not be installed: left out." >&2
if [ ! -x "$folder/venv/bin/python" ]; then
  python3 -m venv "$folder/venv"
  "$folder/venv/bin/pip" install --quiet tensorflow-cpu==2.21.0 onnx==1.23.2 numpy ||
    echo "TensorFlow could not be installed: left out." >&2
fi
if [ -z "${TORCH_PYTHON:-}" ]; then
  TORCH_PYTHON=$folder/torch/bin/python
  if [ ! -x "$TORCH_PYTHON" ]; then
    python3 -m venv "$folder/torch"
    "$folder/torch/bin/pip" install --quiet torch numpy ||
      echo "PyTorch could not be installed: set TORCH_PYTHON." >&2
  fi
fi
(cd "$folder" && [ -f vgg16.onnx ] || "$folder/venv/bin/python" "$here/make_onnx.py" "$folder") ||
  echo "The ONNX models could not be made: ONNX Runtime is left out." >&2

exec "$folder/venv/bin/python" "$here/bench.py" --folder "$folder" --torch-python "$TORCH_PYTHON" "$@"
