const PUBLIC = "https://registry.npmjs.org/";

/**
 * The address of the npm registry that this machine uses: `npm_config_registry` when that is set, else what npm itself
 * says (its `.npmrc` files), else the public one.
 */
export async function registryAddress(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string> {
  const said = environment.npm_config_registry ?? environment.NPM_CONFIG_REGISTRY;
  const address = said || (await askNpm());
  return /^https?:\/\//.test(address) ? address.replace(/\/*$/, "/") : PUBLIC;
}

async function askNpm(): Promise<string> {
  const { execFile } = await import("node:child_process");
  return new Promise((done) => {
    // On Windows npm is a script that only a shell can start; the arguments are fixed.
    const shell = process.platform === "win32";
    execFile("npm", ["config", "get", "registry"], { timeout: 10_000, shell }, (error, stdout) => {
      done(error ? PUBLIC : stdout.trim());
    });
  });
}

/** Where a registry keeps the archive of one version: `<registry>/<name>/-/<name>-<version>.tgz`. */
export function tarballAddress(registry: string, name: string, version: string): string {
  return `${registry}${name}/-/${name.replace(/^@[^/]*\//, "")}-${version}.tgz`;
}
