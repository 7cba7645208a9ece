/** The module `convlab/kernel`: what a cell can ask of the kernel itself. */
import { type BundleOf, type MimeBundle, wellFormed } from "../display/bundle.js";
import type { Comm, CommExtras, CommTarget } from "./comms.js";
import type { InputOptions } from "./input.js";

/** How a value is displayed. */
export interface DisplayOptions {
  /** Names the output, so that a later call can change it. */
  readonly id?: string;
  /** Changes what was displayed under `id` instead of displaying anew. */
  readonly update?: boolean;
  /** Takes the value for a MIME bundle. */
  readonly raw?: boolean;
}

/** What `import { … } from "convlab/kernel"` gives; `kernel-module.d.ts` declares the same for cells. */
export interface KernelModule {
  display(value: unknown, options?: DisplayOptions): Promise<void>;
  clearOutput(options?: { wait?: boolean }): void;
  input(prompt?: unknown, options?: InputOptions): Promise<string>;
  registerCommTarget(name: string, target: CommTarget): void;
  openComm(target: string, data?: Record<string, unknown>, extras?: CommExtras): Comm;
}

/** What the module needs of the thread that it is used in. */
export interface KernelModuleParts {
  show(bundle: MimeBundle, id: string | undefined, update: boolean): void;
  bundleOf: BundleOf;
  clearOutput(wait: boolean): void;
  input: KernelModule["input"];
  registerCommTarget: KernelModule["registerCommTarget"];
  openComm: KernelModule["openComm"];
}

export function kernelModule(parts: KernelModuleParts): KernelModule {
  const { show, bundleOf, input, registerCommTarget, openComm } = parts;
  return {
    async display(value, { id, update = false, raw = false } = {}) {
      if (update && id === undefined) {
        throw new TypeError("display: `update` changes an earlier output, so it needs its `id`.");
      }
      if (raw) return show(wellFormed(value as MimeBundle), id, update);
      const bundle = bundleOf(value);
      // Shown at once where that can be: a loop that does not await sees its outputs in order.
      show((bundle instanceof Promise ? await bundle : bundle) ?? NOTHING, id, update);
    },
    clearOutput: ({ wait = false } = {}) => parts.clearOutput(wait),
    input,
    registerCommTarget,
    openComm,
  };
}

/** `undefined` has no bundle as a cell's value, but was asked to be displayed here. */
const NOTHING: MimeBundle = { "text/plain": "undefined" };
