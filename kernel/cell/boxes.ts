/** The names of the parameters that a cell's emitted function takes. */

/** Begins the name of every box: a letter that people do not type, so that it can't meet a name of theirs. */
export const BOX_PREFIX = "ꞌ";

/** What every cell is handed besides its boxes, in this order. A cell that declares such a name gets a box for it. */
export const PROVIDED = ["require", "module", "exports", "__filename", "__dirname"] as const;
/** The parameter through which a cell's `import(…)` goes. No name begins with a digit, so no box has this one. */
export const IMPORT = `${BOX_PREFIX}0import`;
/** The parameter through which goes what a cell's code awaits: in an interrupted one it fails. */
export const AWAIT = `${BOX_PREFIX}0await`;
/** The parameter that holds what `import.meta` answers. */
export const META = `${BOX_PREFIX}0meta`;
