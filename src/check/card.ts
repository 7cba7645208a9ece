/** The small framed note in which guesses and verdicts appear below a cell. */
import { currentLanguage } from "./language.js";

/** What a note says at a glance. The mark, not the colour alone, tells which. */
export type Mood = "open" | "kept" | "right" | "wrong";

const marks: Readonly<Record<Mood, string>> = { open: "○", kept: "●", right: "✓", wrong: "✗" };
const colours: Readonly<Record<Mood, string>> = {
  open: "#8a8f98",
  kept: "#3a7fc1",
  right: "#1a8a5a",
  wrong: "#c4601d",
};

const displaySymbol: unique symbol = Symbol.for("Jupyter.display");
const inspectSymbol: unique symbol = Symbol.for("nodejs.util.inspect.custom");

/** A note that a notebook shows as accessible HTML and a terminal as plain text. */
export class Card {
  /**
   * @param mood the mark and the colour of the frame.
   * @param title one or two words, such as "Right.".
   * @param paragraphs plain text; code stands in `backticks`.
   */
  constructor(
    readonly mood: Mood,
    readonly title: string,
    readonly paragraphs: readonly string[],
  ) {}

  /** The whole note as plain text. */
  toString(): string {
    return [`${marks[this.mood]} ${this.title}`, ...this.paragraphs].join("\n").replace(/`/g, "");
  }

  /** The note as a MIME bundle (the Jupyter.display convention). */
  [displaySymbol](): { "text/html": string; "text/plain": string } {
    const body = this.paragraphs.map((text) => `<p style="margin:.25em 0 0">${inline(text)}</p>`);
    // What is not answered yet and needs no more words stays quiet.
    const head = this.mood === "open" && body.length === 0 ? "span" : "strong";
    const style = `border-inline-start:4px solid ${colours[this.mood]};padding:.3em .8em;margin:.3em 0;max-width:44em;line-height:1.45`;
    return {
      "text/html":
        `<div class="convlab-card" data-mood="${this.mood}" role="status" lang="${currentLanguage()}" style="${style}">` +
        `<${head}><span aria-hidden="true" style="color:${colours[this.mood]}">${marks[this.mood]}</span> ${inline(this.title)}</${head}>` +
        `${body.join("")}</div>`,
      "text/plain": this.toString(),
    };
  }

  [inspectSymbol](): string {
    return this.toString();
  }
}

/** Escapes text for HTML and sets `backticked` parts as code. */
function inline(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/`([^`]+)`/g, "<code>$1</code>");
}
