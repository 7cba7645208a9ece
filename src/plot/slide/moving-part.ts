import type { gridCells } from "./grid-cells.js";
import type { Grid, NumberText, Scene } from "./scene.js";

/**
 * What changes from place to place, as SVG: the outline of the window and of the value that it makes, a kernel that
 * moves along a row, and the output that a transposed convolution has gathered so far. It is sent to the page as its
 * own source text and uses nothing from outside itself.
 */
export function movingPart(
  scene: Scene,
  place: number,
  cells: typeof gridCells,
  numberText: NumberText,
): string {
  const { input, output, kernel, rows, columns, colours, direction, flat } = scene;
  const [i, j] = [Math.floor(place / scene.places[1]), place % scene.places[1]];
  /** The grid that the window lies on, and the one that has a cell for each place. */
  const [wide, narrow] = direction === "gather" ? [input, output] : [output, input];
  const top = i * rows.stride - rows.before;
  const left = j * columns.stride - columns.before;
  const outline = (
    grid: Grid,
    row: number,
    column: number,
    height: number,
    width: number,
    colour: string,
  ): string => {
    const x = grid.x + (column - grid.firstColumn) * grid.step;
    const y = grid.y + (row - grid.firstRow) * grid.tall;
    const across = (width - 1) * grid.step + grid.cell;
    return `<rect x="${x.toFixed(2)}" y="${y.toFixed(2)}" width="${across.toFixed(2)}" height="${(height * grid.tall).toFixed(2)}" fill="none" stroke="${colour}" stroke-width="4"/>`;
  };
  const entries: [number, number][] = [];
  for (let u = 0; u < rows.k; u++) {
    for (let v = 0; v < columns.k; v++) entries.push([u, v]);
  }
  const parts: string[] = [];

  if (direction === "spread" && kernel) {
    // Every earlier place has left its share.
    const sums = output.values.map((): number => scene.bias);
    for (let before = 0; before <= place; before++) {
      const [y, x] = [Math.floor(before / scene.places[1]), before % scene.places[1]];
      const value = input.values[before] ?? 0;
      for (const [u, v] of entries) {
        const row = y * rows.stride + u * rows.dilation;
        const column = x * columns.stride + v * columns.dilation;
        if (row >= output.rows || column >= output.columns) continue;
        sums[row * output.columns + column]! += value * (kernel.values[u * columns.k + v] ?? 0);
      }
    }
    parts.push(cells(output, sums, numberText));
  }
  if (flat && kernel) {
    // The kernel stands below the numbers that it is multiplied with.
    const x = wide.x + (left - wide.firstColumn) * wide.step;
    parts.push(
      cells({ ...kernel, x, step: columns.dilation * wide.step }, kernel.values, numberText),
    );
  }
  if (rows.dilation === 1 && columns.dilation === 1) {
    parts.push(outline(wide, top, left, rows.k, columns.k, colours.kernel));
  } else {
    for (const [u, v] of entries) {
      const [row, column] = [top + u * rows.dilation, left + v * columns.dilation];
      parts.push(outline(wide, row, column, 1, 1, colours.kernel));
    }
  }
  parts.push(outline(narrow, i, j, 1, 1, colours.kernel));
  return parts.join("");
}
