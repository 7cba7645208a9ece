/** How often, and when, code that blocks the thread is ended by force after an interrupt. */

/** Once its code was ended the thread hears of the interrupt within this time, in milliseconds, or is ended again. */
const LAST_WORDS = 100;
const TRIES = 10;
/** Once it has heard it answers within this time, however busy the machine is, in milliseconds. */
const ANSWER = 1000;

/** The thread, as far as this has to do with it. */
export interface BlockedThread {
  /** Ends the code that runs. */
  terminate(): Promise<void>;
  /** Whether there is nothing left to end. */
  isOver(): boolean;
  /** Whether it has heard: what runs may be the answer itself, which must not be ended. */
  hasHeard(): boolean;
  /** Resolves when it has answered. */
  readonly answered: Promise<unknown>;
}

/** Resolves when the thread has answered, or nothing is left to end, or it does not hear. */
export async function terminate(thread: BlockedThread): Promise<void> {
  const answersWithin = (limit: number): Promise<boolean> => {
    const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), limit).unref());
    return Promise.race([thread.answered.then(() => true), late]);
  };
  if (thread.hasHeard()) await answersWithin(ANSWER);
  // `process.nextTick` in a circle goes on before the event loop comes to the news of the interrupt.
  for (let tries = 0; tries < TRIES && !thread.isOver(); tries++) {
    await thread.terminate();
    if (await answersWithin(LAST_WORDS)) return;
    if (!thread.hasHeard()) continue;
    await answersWithin(ANSWER);
    return;
  }
}
