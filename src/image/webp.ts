import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type FloatArray, fromData } from "../array.js";
import { ArgumentError } from "../errors.js";
import { turnUpright } from "./orientation.js";
import { checkQuality, toOpaque, toSamples } from "./samples.js";
import { brokenWebp, checkWebp } from "./webp-header.js";

/** Opaque pixels, as the codec takes and gives them: red, green, blue, alpha. */
interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** Google's libwebp compiled to WebAssembly, as the `webp-wasm` package holds it. */
interface Codec {
  decode(bytes: Uint8Array): Pixels | null;
  encode(
    data: Uint8ClampedArray,
    width: number,
    height: number,
    options: Readonly<Record<string, number>>,
  ): Uint8Array | null;
}

/** Compiled code, and code that runs: what Node's types leave out. */
type Compiled = object;
interface Running {
  readonly exports: object;
}
const { WebAssembly: wasm } = globalThis as unknown as {
  WebAssembly: {
    Module: new (code: Uint8Array) => Compiled;
    Instance: new (code: Compiled, imports: object) => Running;
  };
};

type Instantiate = (imports: object, done: (running: Running) => void) => object;
interface Host extends Partial<Codec> {
  readonly instantiateWasm: Instantiate;
  /** The codec's own words about a damaged file, which an error says better. */
  readonly printErr: () => void;
}
type Start = (host: Host) => unknown;

const require = createRequire(import.meta.url);
const compiled = new Map<string, Compiled>();

/**
 * A fresh instance of the codec, so that a damaged file cannot leave anything behind for the next one. The package's
 * own functions are asynchronous only because they compile the code so; it is compiled here, once, when first needed.
 */
function start(half: "dec" | "enc"): Partial<Codec> {
  const path = require.resolve(`webp-wasm/webp_node_${half}.wasm`);
  const code = compiled.get(half) ?? new wasm.Module(readFileSync(path));
  compiled.set(half, code);
  const codec: Host = {
    printErr: () => undefined,
    instantiateWasm(imports, done) {
      const instance = new wasm.Instance(code, imports);
      done(instance);
      return instance.exports;
    },
  };
  (require(`webp-wasm/webp_node_${half}.js`) as Start)(codec);
  return codec;
}

/** The decoder makes its result with a browser's class, which Node has not: it is lent one for the moment. */
function decodePixels(bytes: Uint8Array): Pixels | null {
  const host = globalThis as { ImageData?: unknown };
  const before = Object.getOwnPropertyDescriptor(host, "ImageData");
  Object.defineProperty(host, "ImageData", {
    configurable: true,
    value: class {
      constructor(
        readonly data: Uint8ClampedArray,
        readonly width: number,
        readonly height: number,
      ) {}
    },
  });
  try {
    return start("dec").decode!(bytes);
  } finally {
    if (before) Object.defineProperty(host, "ImageData", before);
    else delete host.ImageData;
  }
}

/**
 * Reads a still WebP (with or without loss), turned upright as its Exif note says. Transparent pixels are laid on white.
 *
 * @param name what to call the file in an error
 * @returns H×W×3 (a WebP has no grey); 0 (black) to 1 (white)
 * @throws {ArgumentError} when the file is damaged, cut off, too large, or an animation.
 */
export function decodeWebp(bytes: Uint8Array, name = "The picture"): FloatArray {
  const { orientation } = checkWebp(bytes, name);
  let pixels: Pixels | null;
  try {
    pixels = decodePixels(bytes);
  } catch (error) {
    throw brokenWebp(name, error instanceof Error ? error.message : String(error));
  }
  if (!pixels) throw brokenWebp(name, "its pixels are damaged");
  const { data, width, height } = pixels;
  const picture = new Float32Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const opacity = data[4 * i + 3]! / 255;
    for (let c = 0; c < 3; c++) {
      const value = data[4 * i + c]! / 255;
      picture[3 * i + c] = opacity === 1 ? value : value * opacity + (1 - opacity);
    }
  }
  return turnUpright(fromData(picture, [height, width, 3]), orientation);
}

/** The header has 14 bits for each side (RFC 6386, 9.1). */
const MAX_SIDE = 16383;

/** What libwebp's encoder is told besides the quality: its own defaults (`WebPConfigInit`). */
const DEFAULTS = {
  ...{ target_size: 0, target_PSNR: 0, method: 4, sns_strength: 50, filter_strength: 60 },
  ...{ filter_sharpness: 0, filter_type: 1, partitions: 0, segments: 4, pass: 1, exact: 0 },
  ...{ show_compressed: 0, preprocessing: 0, autofilter: 0, partition_limit: 0, image_hint: 0 },
  ...{ alpha_compression: 1, alpha_filtering: 1, alpha_quality: 100, emulate_jpeg_size: 0 },
  ...{ thread_level: 0, low_memory: 0, near_lossless: 100, use_delta_palette: 0 },
  use_sharp_yuv: 0,
} as const;

/**
 * Writes a picture as a WebP file: with loss up to quality 99, with none but the rounding to 8 bits at 100. Values
 * below 0 become black, above 1 white. A WebP has no grey: a grey picture reads as H×W×3.
 *
 * @param picture H×W or H×W×1 (grey), or H×W×3 (colour), 0 to 1
 * @param quality 1 (small) to 100 (lossless)
 * @returns the bytes of the file; {@link save} writes the file itself
 * @throws {ShapeError} when it is not the shape of a picture.
 * @throws {ArgumentError} when a value is NaN, the quality is out of range, or a side is longer than 16383.
 * @example
 * image.load(image.toWebp(image.photo("cat"))).shape // → [266, 400, 3]
 */
export function toWebp(picture: FloatArray, quality = 90): Uint8Array {
  checkQuality(quality);
  const { height, width, channels, samples } = toSamples(picture);
  if (Math.max(height, width) > MAX_SIDE) {
    throw new ArgumentError(
      `A WebP's sides have at most ${MAX_SIDE} pixels; got ${height}×${width}. Save it as PNG.`,
    );
  }
  const options = { ...DEFAULTS, quality, lossless: quality === 100 ? 1 : 0 };
  const bytes = start("enc").encode!(toOpaque(samples, channels), width, height, options);
  if (!bytes) throw new ArgumentError(`This ${height}×${width} picture cannot be packed as WebP.`);
  return new Uint8Array(bytes);
}
