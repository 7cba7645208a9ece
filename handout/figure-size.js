/** How large a figure is drawn: as wide as the page lets it, and as low as its pictures are then. */

/** The bands of a figure's height that hold pictures, from below: where they lie, and how much of it they need. */
function pictureBands(layout, inner, available) {
  const { l = 80, r = 80 } = layout.margin ?? {};
  const bands = [];
  const axes = Object.values(layout).filter((axis) => axis?.scaleanchor && axis.range);
  for (const { scaleanchor, range: rows, domain: [from, to] = [0, 1] } of axes) {
    const across = layout[scaleanchor.replace(/^x/, "xaxis")] ?? {};
    const { range: columns, domain: [left, right] = [0, 1] } = across;
    // Cells are square: what is narrow is low as well.
    const cell = ((available - l - r) * (right - left)) / Math.abs(columns[1] - columns[0]);
    const share = (cell * Math.abs(rows[1] - rows[0]) + 2) / ((to - from) * inner);
    bands.push({ from, to, share: Math.min(1, share) });
  }
  bands.sort((one, other) => one.from - other.from);
  const merged = [];
  for (const band of bands) {
    const last = merged.at(-1);
    if (!last || band.from >= last.to) merged.push(band);
    else {
      last.to = Math.max(last.to, band.to);
      last.share = Math.max(last.share, band.share);
    }
  }
  return merged;
}

/** What makes a figure of pictures as low as they are at this width; the writing around them keeps its height. */
function fitted(layout, available) {
  const height = layout.height ?? 420;
  const { t = 100, b = 80 } = layout.margin ?? {};
  const inner = height - t - b;
  const bands = inner > 0 && available > 0 ? pictureBands(layout, inner, available) : [];
  if (bands.length === 0) return { autosize: true, height };
  // The height below y, of a whole of 1 before.
  const below = (y) =>
    bands.reduce((sum, { from, to, share }) => {
      const covered = Math.max(0, Math.min(y, to) - from);
      return sum - covered * (1 - share);
    }, y);
  const whole = below(1);
  const changes = { autosize: true, height: Math.round(height - inner * (1 - whole)) };
  for (const [name, axis] of Object.entries(layout)) {
    if (!name.startsWith("yaxis")) continue;
    const { domain = [0, 1] } = axis;
    changes[`${name}.domain`] = domain.map((y) => Math.min(1, below(y) / whole));
  }
  (layout.annotations ?? []).forEach(({ yref, y }, i) => {
    if (yref === "paper") changes[`annotations[${i}].y`] = below(y) / whole;
  });
  return changes;
}

/** The size for the width there is: a figure made wider is drawn narrower, and less than so much lower. */
export function sizeFor(layout, available) {
  if (!layout.width) return fitted(layout, available);
  const height = layout.height ?? 420;
  const scale = Math.min(1, available / layout.width);
  return {
    autosize: false,
    width: Math.floor(layout.width * scale),
    height: Math.round(height * (0.35 + 0.65 * scale)),
  };
}

/** A layout with changes such as `{ height: 300, "yaxis2.domain": [0, 1] }` made. */
export function changed(layout, changes) {
  const made = structuredClone(layout);
  for (const [path, value] of Object.entries(changes)) {
    const names = path.split(/[.[\]]+/).filter(Boolean);
    const last = names.pop();
    names.reduce((part, name) => part[name], made)[last] = value;
  }
  return made;
}
