/** When files were last changed. */
import { statSync } from "node:fs";

/** In milliseconds; null when there is no such file or folder. */
export function modifiedTime(file: string): number | null {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return null; // Also where a part of the path is a file.
  }
}
