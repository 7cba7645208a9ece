import { type Moves, windowAt } from "./moves.js";

/** Corners of rectangles for a Plotly line of shape "hv", which draws a rectangle from two opposite ones. */
export interface Corners {
  readonly x: (number | null)[];
  readonly y: (number | null)[];
}

function rectangle(left: number, top: number, width: number, height: number): Corners {
  const [x0, y0] = [left - 0.5, top - 0.5];
  return { x: [x0, x0 + width, x0], y: [y0, y0 + height, y0] };
}

/** The window on the input: one rectangle, or one for each entry of a dilated kernel. */
export function windowOutline(moves: Moves, row: number, column: number): Corners {
  const { rows, columns } = moves.walks;
  const { top, left, height, width } = windowAt(moves, row, column);
  if (rows.dilation === 1 && columns.dilation === 1) return rectangle(left, top, width, height);
  const corners: Corners = { x: [], y: [] };
  for (let u = 0; u < rows.k; u++) {
    for (let v = 0; v < columns.k; v++) {
      const cell = rectangle(left + v * columns.dilation, top + u * rows.dilation, 1, 1);
      corners.x.push(...cell.x, null);
      corners.y.push(...cell.y, null);
    }
  }
  return corners;
}

/** The place on the output that the window makes. */
export function outputOutline(row: number, column: number): Corners {
  return rectangle(column, row, 1, 1);
}

/** The edge of the picture inside its padding; undefined when there is no padding. */
export function bareOutline({ input, bare }: Moves): Corners | undefined {
  if (input.rows === bare[0] && input.columns === bare[1]) return undefined;
  return rectangle(0, 0, bare[1], bare[0]);
}

/** A rectangle that covers a part of the padding, from cell edge to cell edge. */
export interface Band {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

/** The padding as up to four bands around the picture: above, below, left, right. */
export function paddingBands({ input, bare }: Moves): Band[] {
  const [h, w] = bare;
  const left = input.firstColumn - 0.5;
  const right = input.firstColumn + input.columns - 0.5;
  const bands: Band[] = [
    { x0: left, x1: right, y0: input.firstRow - 0.5, y1: -0.5 },
    { x0: left, x1: right, y0: h - 0.5, y1: input.firstRow + input.rows - 0.5 },
    { x0: left, x1: -0.5, y0: -0.5, y1: h - 0.5 },
    { x0: w - 0.5, x1: right, y0: -0.5, y1: h - 0.5 },
  ];
  return bands.filter(({ x0, x1, y0, y1 }) => x1 > x0 && y1 > y0);
}
