/**
 * A map scaled up by blending the four nearest values, as `image.resize` does it (pixel centres lie at ½, 1½, …).
 * Uses nothing from outside itself: pages run it too.
 */
export function upsample(
  values: ArrayLike<number>,
  rows: number,
  columns: number,
  height: number,
  width: number,
): Float32Array {
  const result = new Float32Array(height * width);
  const place = (i: number, from: number, to: number): [number, number, number] => {
    const at = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5));
    const first = Math.floor(at);
    return [first, Math.min(from - 1, first + 1), at - first];
  };
  const across = Array.from({ length: width }, (_, x) => place(x, columns, width));
  for (let y = 0; y < height; y++) {
    const [top, bottom, down] = place(y, rows, height);
    for (let x = 0; x < width; x++) {
      const [left, right, along] = across[x]!;
      const above =
        values[top * columns + left]! * (1 - along) + values[top * columns + right]! * along;
      const below =
        values[bottom * columns + left]! * (1 - along) + values[bottom * columns + right]! * along;
      result[y * width + x] = above * (1 - down) + below * down;
    }
  }
  return result;
}
