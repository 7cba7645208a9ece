/** What other runtimes write, and what to write here instead. */

/** `npm:name@version/path` and its relatives, taken apart. */
interface Registered {
  name: string;
  /** With its `@`, or empty. */
  version: string;
  /** With its slash, or empty. */
  path: string;
}

/** Networks that serve npm packages as modules, and where the package stands in the address. */
const NPM_HOST =
  /^https?:\/\/(?:(?:www\.)?(?:esm\.sh|esm\.run|unpkg\.com|cdn\.skypack\.dev)\/(?:v\d+\/|stable\/)?|cdn\.jsdelivr\.net\/npm\/|ga\.jspm\.io\/npm:)(.+)$/;

/** Standard modules of Deno's by their old address; they live on as packages of JSR. */
const DENO_STD = /^https?:\/\/deno\.land\/std(?:@[^/]+)?\/([a-z_]+)\//;

/** Of Deno's namespace, what Node has for it. */
const DENO: Readonly<Record<string, string>> = {
  args: "`process.argv`",
  build: "`process.platform` and `process.arch`",
  chdir: "an absolute path: the folder of a notebook does not change",
  Command: '`execFileSync(program, args)` of "node:child_process"',
  copyFile: '`copyFile(from, to)` of "node:fs/promises"',
  cwd: "`process.cwd()`",
  env: "`process.env.NAME`",
  exit: "`process.exit(code)`",
  inspect: '`inspect(value)` of "node:util"',
  jupyter: '`Symbol.for("Jupyter.display")`, or `display` of "tslab"',
  listen: '`createServer()` of "node:net"',
  makeTempDir: '`mkdtemp(prefix)` of "node:fs/promises"',
  memoryUsage: "`process.memoryUsage()`",
  mkdir: '`mkdir(path, { recursive: true })` of "node:fs/promises"',
  open: '`open(path)` of "node:fs/promises"',
  pid: "`process.pid`",
  readDir: '`readdir(path)` of "node:fs/promises"',
  readDirSync: '`readdirSync(path)` of "node:fs"',
  readFile: '`readFile(path)` of "node:fs/promises"',
  readFileSync: '`readFileSync(path)` of "node:fs"',
  readTextFile: '`readFile(path, "utf8")` of "node:fs/promises"',
  readTextFileSync: '`readFileSync(path, "utf8")` of "node:fs"',
  remove: '`rm(path)` of "node:fs/promises"',
  removeSync: '`rmSync(path)` of "node:fs"',
  rename: '`rename(from, to)` of "node:fs/promises"',
  serve: '`createServer(handler)` of "node:http"',
  stat: '`stat(path)` of "node:fs/promises"',
  statSync: '`statSync(path)` of "node:fs"',
  stderr: "`process.stderr`",
  stdout: "`process.stdout`",
  test: '`test(name, work)` of "node:test"',
  version: "`process.versions`",
  writeFile: '`writeFile(path, bytes)` of "node:fs/promises"',
  writeFileSync: '`writeFileSync(path, bytes)` of "node:fs"',
  writeTextFile: '`writeFile(path, text)` of "node:fs/promises"',
  writeTextFileSync: '`writeFileSync(path, text)` of "node:fs"',
};

/**
 * What to do about a specifier that only another runtime can load: `npm:`, `jsr:`, `http(s):`, `bun:` and `deno:`.
 * @param add the command that installs packages beside the notebook
 * @returns one or two sentences; `undefined` for a specifier that Node can load
 */
export function insteadOf(specifier: string, add = "npm install"): string | undefined {
  const scheme = /^([a-z]+):/i.exec(specifier)?.[1]?.toLowerCase();
  if (scheme === "npm") {
    const found = registered(specifier.slice("npm:".length));
    if (found === undefined) return `"${specifier}" names no package.`;
    return `Node imports no "npm:" specifier. ${npmSteps(found, add)}`;
  }
  if (scheme === "jsr") {
    const found = registered(specifier.slice("jsr:".length));
    if (found === undefined) return `"${specifier}" names no package.`;
    return `Node imports no "jsr:" specifier. ${jsrSteps(found)}`;
  }
  if (scheme === "http" || scheme === "https") {
    return `Node imports nothing from the network. ${addressSteps(specifier, add)}`;
  }
  if (scheme === "bun" || scheme === "deno") {
    return `"${specifier}" is a part of ${scheme === "bun" ? "Bun" : "Deno"}; this kernel runs on Node ("node:fs", "node:path", …).`;
  }
  return undefined;
}

/**
 * What to write instead of a member of Deno's namespace.
 * @param member such as `readTextFile`, or empty for `Deno` alone
 */
export function insteadOfDeno(member: string): string {
  const instead = Object.hasOwn(DENO, member) ? DENO[member] : undefined;
  const written = member === "" ? "Deno" : `Deno.${member}`;
  if (instead === undefined) return `This kernel runs on Node, where there is no \`${written}\`.`;
  return `This kernel runs on Node: instead of \`${written}\` use ${instead}.`;
}

/** The member of `Deno` that a piece of code begins with; empty where none is named. */
export function denoMember(code: string): string {
  return /^Deno\s*\??\.\s*([\w$]+)/.exec(code)?.[1] ?? "";
}

function npmSteps({ name, version, path }: Registered, add: string): string {
  return `Run \`${add} ${name}${version}\` in the notebook's folder, then import "${name}${path}".`;
}

function jsrSteps({ name, version, path }: Registered): string {
  return `Run \`npx jsr add ${name}${version}\` in the notebook's folder, then import "${name}${path}".`;
}

function addressSteps(address: string, add: string): string {
  const std = DENO_STD.exec(address)?.[1];
  if (std !== undefined) {
    return jsrSteps({ name: `@std/${std.replaceAll("_", "-")}`, version: "", path: "" });
  }
  const place = NPM_HOST.exec(address)?.[1]?.replace(/[?#].*$/, "");
  if (place !== undefined) {
    const jsr = place.startsWith("jsr/") ? registered(place.slice("jsr/".length)) : undefined;
    if (jsr !== undefined) return jsrSteps({ ...jsr, path: "" });
    // Files inside a served package are seldom what its name exports.
    const found = registered(place);
    if (found !== undefined) return npmSteps({ ...found, path: "" }, add);
  }
  const file =
    /([^/?#]+)(?:[?#].*)?$/.exec(address.replace(/^\w+:\/\/[^/]+/, ""))?.[1] ?? "file.ts";
  return `Run \`curl -Lo "${file}" "${address}"\` in the notebook's folder, then import "./${file}".`;
}

/** @param text a package's name, version and path: `@a/b@1.2/c` */
function registered(text: string): Registered | undefined {
  const found = /^\/?(@[^/@]+\/[^/@]+|[^/@]+)(@[^/]+)?(\/.*)?$/.exec(text);
  if (found === null) return undefined;
  const [, name = "", version = "", path = ""] = found;
  return { name, version, path: path === "/" ? "" : path };
}
