/** A chapter with one of everything that a handout has to show. */
export const figureCells: readonly string[] = [
  "md:# 01 Sample\n\nA $3\\times3$ window over $n$ values.\n\n## The formula\n\n$$o = \\left\\lfloor\\frac{n + 2p - k}{s}\\right\\rfloor + 1$$",
  `const title: string = "A moving window";
const z = Array.from({ length: 12 }, (_, i) => Array.from({ length: 12 }, (_, j) => Math.sin(i / 2) * Math.cos(j / 3)));
const svg = \`<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300" viewBox="0 0 12 12"><title>\${title}</title><desc>Twelve by twelve values</desc>\` +
  z.flatMap((row, i) => row.map((v, j) => \`<rect x="\${j}" y="\${i}" width="1" height="1" fill="rgb(\${Math.round(127 + 120 * v)},120,\${Math.round(127 - 120 * v)})"/>\`)).join("") + "</svg>";
const frames = [0, 1, 2].map((n) => ({ name: String(n), data: [{ type: "heatmap", z: z.map((row) => row.map((v) => v * (n + 1))) }] }));
const steps = frames.map(({ name }) => ({ label: name, method: "animate", args: [[name], { mode: "immediate", frame: { duration: 0, redraw: true }, transition: { duration: 0 } }] }));
const figure = {
  data: [{ type: "heatmap", z, zmin: -3, zmax: 3 }],
  layout: { title: { text: title }, width: 520, height: 460, sliders: [{ active: 0, steps }] },
  frames,
};
const shown = { [Symbol.for("Jupyter.display")]: () => ({ "application/vnd.plotly.v1+json": figure, "image/svg+xml": svg, "text/plain": title }) };
shown`,
  `const table = { [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<table><tr><th>layer</th></tr><tr><td>conv3-64</td></tr></table>", "text/plain": "table" }) };
table`,
  "md:## Exercise\n\n<details><summary>Solution</summary>\n\nThe size is $\\lfloor 5/2 \\rfloor + 1 = 3$.\n\n```ts\nconst size: number = 3;\n```\n\n</details>",
];

/** A chapter with two rows of two pictures of 3:4, as the library draws them. */
export const rowCells: readonly string[] = [
  "md:# 02 Rows",
  `import { plot, random } from "convlab";
plot.images([1, 2, 3, 4].map((seed) => ({ image: random([30, 40], seed), title: "map " + seed })), { title: "Rows", columns: 2 })`,
];
