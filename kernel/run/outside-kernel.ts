/** The module `convlab/kernel` of a plain Node program: it says where it works. */

function outside(): never {
  throw new Error(
    "convlab/kernel works only in a cell of the convlab kernel; this is a plain Node program.",
  );
}

export const display = outside;
export const clearOutput = outside;
export const input = outside;
export const registerCommTarget = outside;
export const openComm = outside;
