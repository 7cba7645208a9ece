/** The numbers that the sliders of the explorer set. */
export interface WalkSettings {
  /** Pixels of the row. */
  readonly n: number;
  /** Entries of the kernel. */
  readonly k: number;
  readonly stride: number;
  /** Pixels added on each side. */
  readonly padding: number;
  readonly dilation: number;
  /** Index of the window that is outlined; the last one when there are fewer. */
  readonly place: number;
}

/** The words and colours of the picture, which it cannot look up itself. */
export interface WalkLook {
  readonly input: string;
  readonly kernel: string;
  readonly output: string;
  readonly padding: string;
  readonly font: string;
  /** Each with `{name}` where a number goes. */
  readonly words: Readonly<
    Record<"formula" | "span" | "even" | "unseen" | "allSeen" | "noRoom" | "picture", string>
  >;
}

/**
 * One row of pixels, below it every place of the window, and beside each the output that it makes; then the formula
 * with its numbers. Numbers in, HTML out.
 *
 * It is sent to the page as its own source text, so that the sliders work where no kernel runs. Hence it is one
 * function that uses nothing from outside itself.
 */
export function walkPicture(settings: WalkSettings, look: WalkLook): string {
  const { n, k, stride, padding, dilation } = settings;
  const fill = (text: string, values: Record<string, string | number>): string =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
  const span = dilation * (k - 1) + 1;
  const room = n + 2 * padding;
  const places = span > room ? 0 : Math.floor((room - span) / stride) + 1;
  const place = Math.min(settings.place, places - 1);
  const cell = Math.min(40, 560 / room);
  const left = (640 - 70 - cell * room) / 2;
  const line = 16;
  const top = 22 + cell;
  const x = (pixel: number): number => left + (pixel + padding) * cell;
  const rect = (x0: number, y0: number, w: number, h: number, style: string): string =>
    `<rect x="${x0.toFixed(1)}" y="${y0.toFixed(1)}" width="${w.toFixed(1)}" height="${h.toFixed(1)}" ${style}/>`;
  const text = (x0: number, y0: number, words: string | number, style = ""): string =>
    `<text x="${x0.toFixed(1)}" y="${y0.toFixed(1)}" text-anchor="middle" ${style}>${words}</text>`;
  const seen = new Set<number>();
  const rows: string[] = [];
  for (let i = 0; i < places; i++) {
    const y = top + 14 + i * line;
    const first = i * stride - padding;
    const strength = i === place ? 1 : 0.4;
    rows.push(rect(x(first), y + 5, span * cell, 2, `fill="${look.kernel}" opacity="${strength}"`));
    for (let entry = 0; entry < k; entry++) {
      const pixel = first + entry * dilation;
      seen.add(pixel);
      rows.push(
        rect(
          x(pixel) + 1,
          y,
          cell - 2,
          12,
          `rx="2" fill="${look.kernel}" fill-opacity="${strength}"`,
        ),
      );
      if (i === place) {
        const frame = `rx="3" fill="none" stroke="${look.kernel}" stroke-width="4"`;
        rows.push(rect(x(pixel), 20, cell, cell, frame));
      }
    }
    const end = x(n + padding) + 24;
    rows.push(
      rect(end, y, 24, 12, `rx="2" fill="${look.output}" fill-opacity="${i === place ? 1 : 0.25}"`),
      text(
        end + 12,
        y + 10,
        i,
        `font-size="11" fill="${i === place ? "#fff" : "currentColor"}" ${i === place ? 'font-weight="bold"' : ""}`,
      ),
    );
  }
  const pixels: string[] = [];
  const unseen: number[] = [];
  for (let pixel = -padding; pixel < n + padding; pixel++) {
    const inside = pixel >= 0 && pixel < n;
    const style = inside
      ? `fill="${look.input}" fill-opacity="0.3" stroke="${look.input}" stroke-width="1.5"`
      : `fill="${look.padding}" stroke="currentColor" stroke-opacity="0.5" stroke-dasharray="3 3"`;
    pixels.push(rect(x(pixel) + 1, 21, cell - 2, cell - 2, style));
    pixels.push(
      text(
        x(pixel) + cell / 2,
        24 + cell / 2,
        inside ? pixel : 0,
        `font-size="12" ${inside ? "" : 'opacity="0.7"'}`,
      ),
    );
    if (inside && !seen.has(pixel)) {
      unseen.push(pixel);
      const [a, b] = [x(pixel) + 3, x(pixel) + cell - 3];
      pixels.push(
        `<path d="M${a} 23L${b} ${cell + 17}M${b} 23L${a} ${cell + 17}" stroke="currentColor" stroke-width="1.5"/>`,
      );
    }
  }
  const height = top + 18 + Math.max(places, 7) * line;
  const numbers = { n, k, stride, padding, dilation, span, room, places };
  const rest = room - span;
  const formula =
    places > 0
      ? `⌊(${n} + 2·${padding} − ${dilation}·(${k} − 1) − 1) / ${stride}⌋ + 1 = ⌊${rest} / ${stride}⌋ + 1 = <b>${places}</b>`
      : fill(look.words.noRoom, numbers);
  const notes = [fill(look.words.span, numbers)];
  if (places > 0) {
    if (rest % stride === 0) notes.push(look.words.even);
    notes.push(
      unseen.length > 0
        ? fill(look.words.unseen, { pixels: unseen.join(", ") })
        : look.words.allSeen,
    );
  }
  const drawing = `<svg viewBox="0 0 640 ${height.toFixed(0)}" role="img" aria-label="${fill(look.words.picture, numbers)}" style="width:100%;max-width:640px;height:auto;display:block" font-family='${look.font}' fill="currentColor">${pixels.join("")}${rows.join("")}</svg>`;
  return `${drawing}<p style="margin:.4em 0" aria-live="polite">${look.words.formula} ${formula}</p><p style="margin:.2em 0">${notes.join(" ")}</p>`;
}
