/** A language server whose input is recorded, to see what it is asked. */
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findTypeScript } from "../../kernel/types/executable.js";

const kernel = fileURLToPath(new URL("../../kernel/types", import.meta.url));

export interface Recorded {
  /** To be given to `TypeChecker` as its `home`. */
  readonly home: string;
  /** To be removed when the test is over. */
  readonly folder: string;
  /** How often the server was asked `method` so far. */
  count(method: string): number;
}

/** A `typescript` package of which the executable writes down what comes in, then hands it to the real one. */
export function recordedServer(): Recorded {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "convlab-recorded-")));
  const log = join(folder, "log");
  const real = findTypeScript(kernel);
  const require = createRequire(join(kernel, "-"));
  const main = require.resolve("typescript/package.json");
  const platform = `@typescript/typescript-${process.platform}-${process.arch}`;
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "typescript"), { recursive: true });
  mkdirSync(join(modules, platform, "lib"), { recursive: true });
  copyFileSync(main, join(modules, "typescript", "package.json"));
  copyFileSync(
    createRequire(main).resolve(`${platform}/package.json`),
    join(modules, platform, "package.json"),
  );
  const types = dirname(dirname(require.resolve("@types/node/package.json")));
  symlinkSync(types, join(modules, "@types"));
  const executable = join(modules, platform, "lib", "tsc");
  // It is written down before the server sees it, so that an answer means that it can be counted.
  const script = `{ /usr/bin/tee /dev/fd/3 >>'${log}'; } 3>&1 | '${real}' "$@"`;
  writeFileSync(executable, `#!/bin/sh\n${script}\n`);
  chmodSync(executable, 0o755);
  writeFileSync(log, "");
  return {
    home: folder,
    folder,
    count: (method) => readFileSync(log, "utf8").split(`"method":"${method}"`).length - 1,
  };
}
