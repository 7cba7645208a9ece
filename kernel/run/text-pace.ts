/** How fast printed text may go to the front ends. */

/** So much goes at once, in UTF-16 units. */
const BURST = 3e6;
/**
 * After that so much a millisecond: jupyter_server drops what comes faster (`iopub_data_rate_limit`, 1 MB a second over
 * three seconds), and a page that is given more does not get round to the stop button.
 */
const RATE = 900;

/** A bucket that fills with time. */
export class TextPace {
  #left = BURST;
  #filled = performance.now();

  /** Counts text that has been passed on. */
  passed(length: number): void {
    this.#fill();
    this.#left -= length;
  }

  /** How long text has to wait now, in milliseconds. */
  get pause(): number {
    this.#fill();
    return Math.max(0, -this.#left / RATE);
  }

  #fill(): void {
    const now = performance.now();
    this.#left = Math.min(BURST, this.#left + (now - this.#filled) * RATE);
    this.#filled = now;
  }
}
