/** A grid of numbers. */
export interface Values {
  readonly rows: number;
  readonly columns: number;
  /** Row by row. */
  readonly values: Float32Array;
}

/** The means of blocks of `side`×`side` values; the blocks at the right and the bottom are what is left. */
export function blockMeans(map: Values, side: number): Values {
  if (side <= 1) return map;
  const rows = Math.ceil(map.rows / side);
  const columns = Math.ceil(map.columns / side);
  const values = new Float32Array(rows * columns);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      let total = 0;
      let count = 0;
      for (let v = y * side; v < Math.min(map.rows, (y + 1) * side); v++) {
        for (let u = x * side; u < Math.min(map.columns, (x + 1) * side); u++) {
          total += map.values[v * map.columns + u]!;
          count++;
        }
      }
      values[y * columns + x] = total / count;
    }
  }
  return { rows, columns, values };
}
