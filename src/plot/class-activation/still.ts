import { colourBarStill } from "../colour-bar.js";
import { type Raster, rasterUrl } from "../raster.js";
import { colourIndex, colourTable, type Scale } from "../scale.js";
import { element, STILL_WIDTH, svgDocument } from "../svg.js";
import { HEAT } from "../theme.js";
import type { OverlayLook } from "./overlay.js";
import { upsample } from "./upsample.js";

const SIDE = 380;

/** The picture with the map over it, as a still picture. */
export function overlayStill(
  raster: Raster,
  look: OverlayLook,
  strength: number,
  title: string,
  alt: string,
): string {
  const [height, width] = look.picture;
  const scale = SIDE / Math.max(height, width);
  const box = {
    x: (STILL_WIDTH - width * scale) / 2,
    y: 8,
    width: width * scale,
    height: height * scale,
    preserveAspectRatio: "none",
  };
  const colours: Scale = { stops: HEAT, low: look.low, high: look.high };
  const table = colourTable(HEAT);
  // A smooth map needs few pixels; the viewer blends them.
  const [rows, columns] = [Math.ceil(look.height / 2), Math.ceil(look.width / 2)];
  const samples = new Uint8Array(rows * columns * 3);
  upsample(look.values, look.rows, look.columns, rows, columns).forEach((value, i) => {
    samples.set(table[colourIndex(value, colours)]!, i * 3);
  });
  const map = rasterUrl({ kind: "colours", rows, columns, samples }, true);
  const sharp = height * width < 10_000 ? "image-rendering:pixelated" : undefined;
  const bottom = 8 + height * scale + 14;
  return svgDocument(title, alt, bottom + 36, [
    element("image", { ...box, href: rasterUrl(raster, true), style: sharp }),
    element("image", { ...box, href: map, opacity: strength }),
    ...colourBarStill(colours, bottom),
  ]);
}
