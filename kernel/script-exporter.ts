/**
 * Makes `jupyter nbconvert --to script` write TypeScript that compiles. nbconvert alone joins the cells, which can't
 * compile where one declares a name anew; it asks Python's entry points for an exporter of the notebook's language, so
 * ours is registered as a Python package would be.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const MODULE = "convlab_script.py";

/**
 * Registers the exporter in an environment.
 * @param prefix a Python environment, such as `.venv`
 * @param root the folder of the convlab package
 * @param version of convlab, which the package gets too
 * @returns the folders of Python packages that now have it; none where there is no Python
 * @throws the file system's error where a folder can't be written
 */
export function registerScriptExporter(prefix: string, root: string, version: string): string[] {
  unregisterScriptExporter(prefix);
  const folders = packageFolders(prefix);
  for (const folder of folders) {
    const info = `convlab_script-${version}.dist-info`;
    const files = {
      METADATA: `Metadata-Version: 2.1\nName: convlab-script\nVersion: ${version}\nSummary: nbconvert --to script for TypeScript notebooks\n`,
      INSTALLER: "convlab\n",
      "entry_points.txt":
        "[nbconvert.exporters.script]\ntypescript = convlab_script:TypeScriptExporter\n",
    };
    copyFileSync(join(root, "dist", "kernel", MODULE), join(folder, MODULE));
    mkdirSync(join(folder, info), { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, info, file), text);
    // By this list pip can remove it, too.
    const list = [MODULE, ...[...Object.keys(files), "RECORD"].map((file) => `${info}/${file}`)];
    writeFileSync(join(folder, info, "RECORD"), list.map((file) => `${file},,\n`).join(""));
  }
  return folders;
}

/** Removes the exporter from an environment; nothing happens where it is not. */
export function unregisterScriptExporter(prefix: string): void {
  for (const folder of packageFolders(prefix)) {
    const ours = readdirSync(folder).filter((name) =>
      /^convlab_script(-.*\.dist-info|\.py)$/.test(name),
    );
    for (const name of ours) rmSync(join(folder, name), { recursive: true });
  }
}

/** Where a Python environment keeps its packages. */
function packageFolders(prefix: string): string[] {
  const windows = join(prefix, "Lib", "site-packages");
  const lib = join(prefix, "lib");
  const versions = existsSync(lib)
    ? readdirSync(lib).filter((name) => /^python3\.\d+$/.test(name))
    : [];
  const folders = [windows, ...versions.map((name) => join(lib, name, "site-packages"))];
  return folders.filter((folder) => existsSync(folder));
}
