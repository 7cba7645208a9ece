import { random } from "../array.js";

/** Samples of a burst, of the quiet before its echo, and of what is heard in all. */
const SENT = 40;
const BEFORE = 64;
const HEARD = 200;
/** How much louder the noise is than the echo. */
const NOISE = 1.2;

/** What a device sent, and what it heard after that. */
export interface Echo {
  /** A burst of 40 samples, each between −1 and 1. */
  readonly sent: readonly number[];
  /** 200 samples: noise all along, and somewhere in it the burst. */
  readonly heard: readonly number[];
}

/**
 * A burst of noise and its echo, buried in other noise that is a fifth louder: the eye does not find it, a
 * correlation does. Always the same numbers; where the echo begins is for the reader to find.
 *
 * @returns `sent`, 40 samples, and `heard`, 200 samples
 * @example
 * data.echo().heard.length // → 200
 */
export function echo(): Echo {
  const sent = Array.from(random([SENT], 1).data);
  const noise = Array.from(random([HEARD], 2).data);
  const heard = noise.map((value, t) => NOISE * value + (sent[t - BEFORE] ?? 0));
  return { sent, heard };
}
