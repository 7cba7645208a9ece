import { sep } from "node:path";
import { Command } from "commander";
import { install, list, type Place, uninstall } from "../kernel/install.js";
import { packageRoot } from "./package-root.js";

/** Where the kernelspec goes, said alike by every subcommand. */
function withPlace(command: Command): Command {
  return command
    .option("--user", "in this user's folder (what is meant when nothing is said)")
    .option("--sys-prefix", "in the environment of the Python that would run")
    .option("--prefix <folder>", "below any other prefix, such as a virtual environment");
}

/** `convlab kernel`: make the kernel known to Jupyter. */
export function kernelCommand(): Command {
  const kernel = new Command("kernel").description("make the kernel known to Jupyter");

  withPlace(kernel.command("install"))
    .description("register the kernel, in place of an older one of the same name")
    .option("--name <name>", "the name that Jupyter knows it by", "convlab")
    .option("--display-name <name>", "the name that people see", "TypeScript (convlab)")
    .action((options: Place & { name: string; displayName: string }) => {
      const { name, folder, kernel } = install({ root: packageRoot(), ...options });
      console.log(`Installed the kernel "${name}" in ${folder}`);
      if (kernel.split(sep).includes("_npx")) {
        console.error(
          "It runs from npx's cache, which npm may empty; to make it last: npm install -g convlab && convlab kernel install",
        );
      }
    });

  withPlace(kernel.command("uninstall"))
    .description("remove the kernel")
    .option("--name <name>", "the name that Jupyter knows it by", "convlab")
    .action((options: Place & { name: string }) => {
      console.log(`Removed ${uninstall(options)}`);
    });

  kernel
    .command("list")
    .description("show where the kernel is registered, and what keeps it from starting")
    .option("--prefix <folder>", "look below this prefix too")
    .action((options: Place) => {
      const found = list(options);
      if (found.length === 0) console.log('None yet; "convlab kernel install" registers it.');
      for (const { name, displayName, folder, fault } of found) {
        console.log(`${name}  ${displayName}  ${folder}${fault ? `  (${fault})` : ""}`);
      }
    });

  return kernel;
}
