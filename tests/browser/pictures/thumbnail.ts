/** Small copies of screenshots, and how much two of them differ. */
import { PNG } from "pngjs";

/** A picture of red, green and blue, row by row, 0 to 255. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export function fromPng(bytes: Uint8Array): Picture {
  const { width, height, data } = PNG.sync.read(Buffer.from(bytes));
  const picture = new Float32Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) picture[i * 3 + c] = data[i * 4 + c]!;
  }
  return { width, height, data: picture };
}

/** As a PNG file; `levels` colours of each kind, since fewer make a smaller file. */
export function toPng({ width, height, data }: Picture, levels = 32): Uint8Array {
  const png = new PNG({ width, height });
  const step = 255 / (levels - 1);
  const bytes = Buffer.alloc(width * height * 3);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.round(Math.round(data[i]! / step) * step);
  png.data = bytes;
  return PNG.sync.write(png, { colorType: 2, inputColorType: 2, inputHasAlpha: false });
}

/** The weights of old pixels in each new one: the share of it that they cover. */
function cover(from: number, to: number): { first: number; weights: number[] }[] {
  return Array.from({ length: to }, (_, i) => {
    const [start, end] = [(i * from) / to, ((i + 1) * from) / to];
    const first = Math.floor(start);
    const weights: number[] = [];
    for (let at = first; at < Math.min(from, Math.ceil(end - 1e-9)); at++) {
      weights.push((Math.min(end, at + 1) - Math.max(start, at)) / (end - start));
    }
    return { first, weights };
  });
}

/** Scaled to another size by averaging what each new pixel covers. */
export function scaled(picture: Picture, width: number, height: number): Picture {
  const [across, down] = [cover(picture.width, width), cover(picture.height, height)];
  const data = new Float32Array(width * height * 3);
  const row = new Float32Array(picture.width * 3);
  down.forEach(({ first, weights }, y) => {
    row.fill(0);
    weights.forEach((weight, k) => {
      const from = (first + k) * picture.width * 3;
      for (let i = 0; i < row.length; i++) row[i]! += weight * picture.data[from + i]!;
    });
    across.forEach(({ first: left, weights: shares }, x) => {
      for (let c = 0; c < 3; c++) {
        let total = 0;
        shares.forEach((share, k) => {
          total += share * row[(left + k) * 3 + c]!;
        });
        data[(y * width + x) * 3 + c] = total;
      }
    });
  });
  return { width, height, data };
}

/** Blurred by the mean of squares of `2·radius + 1` pixels: letters of another font become the same grey. */
export function blurred(picture: Picture, radius = 2): Picture {
  const { width, height } = picture;
  const pass = (from: Float32Array, count: number, step: number, lines: number, jump: number) => {
    const to = new Float32Array(from.length);
    for (let line = 0; line < lines; line++) {
      for (let i = 0; i < count; i++) {
        const [first, last] = [Math.max(0, i - radius), Math.min(count - 1, i + radius)];
        for (let c = 0; c < 3; c++) {
          let total = 0;
          for (let k = first; k <= last; k++) total += from[(line * jump + k * step) * 3 + c]!;
          to[(line * jump + i * step) * 3 + c] = total / (last - first + 1);
        }
      }
    }
    return to;
  };
  const rows = pass(picture.data, width, 1, height, width);
  return { width, height, data: pass(rows, height, width, width, 1) };
}

/** How two pictures differ. */
export interface Difference {
  /** Mean over all samples, 0 to 255. */
  readonly mean: number;
  /** Share of pixels of which a sample differs by more than 40. */
  readonly share: number;
  /** New height for each of the old one. */
  readonly stretch: number;
}

const PLAIN = 40;

/** Compares blurred pictures; the second is scaled to the size of the first. */
export function difference(stored: Picture, fresh: Picture): Difference {
  const one = blurred(stored);
  const other = blurred(scaled(fresh, stored.width, stored.height));
  let total = 0;
  let plain = 0;
  for (let i = 0; i < one.data.length; i += 3) {
    let worst = 0;
    for (let c = 0; c < 3; c++) {
      const size = Math.abs(one.data[i + c]! - other.data[i + c]!);
      total += size;
      worst = Math.max(worst, size);
    }
    if (worst > PLAIN) plain += 1;
  }
  const pixels = one.data.length / 3;
  const stretch = fresh.height / fresh.width / (stored.height / stored.width);
  return { mean: total / one.data.length, share: plain / pixels, stretch };
}

/** Where two pictures differ, as a picture: black where they are the same. */
export function differencePicture(stored: Picture, fresh: Picture): Picture {
  const other = blurred(scaled(fresh, stored.width, stored.height)).data;
  const data = blurred(stored).data.map((value, i) =>
    Math.min(255, 3 * Math.abs(value - other[i]!)),
  );
  return { width: stored.width, height: stored.height, data };
}
