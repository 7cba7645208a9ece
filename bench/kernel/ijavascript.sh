#!/bin/sh
# Installs ijavascript into a folder of its own, for bench.py --ijavascript: sh bench/kernel/ijavascript.sh DIR
# It wants zeromq 5, which is compiled from sources fetched from GitHub. Here it gets version 6, with that one's own
# layer for code of version 5; the lines that this layer can't run are changed: how the sockets are derived, and
# names of sockets that nobody reads.
set -eu
mkdir -p "$1" && cd "$1"
[ -e package.json ] || echo '{ "private": true }' > package.json
npm install --no-audit --no-fund --ignore-scripts ijavascript@5.2.1 zeromq@6.8.0
rm -rf node_modules/jmp/node_modules/zeromq
sed -i \
  -e 's|require("zeromq")|require("zeromq/v5-compat")|' \
  -e 's|^    zmq.Socket.call(this, socketType);|    var self = Reflect.construct(zmq.Socket, [socketType], Socket);|' \
  -e '/Reflect.construct/,/^}/ { s|this\._jmp|self._jmp|; s|^}|    return self;\n}| }' \
  node_modules/jmp/index.js
sed -i '/Socket\.identity = identity;/d' node_modules/jp-kernel/lib/jp-kernel.js
