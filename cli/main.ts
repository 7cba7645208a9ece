import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { InstallError } from "../kernel/install.js";
import { CommandError } from "./command-error.js";
import { kernelCommand } from "./kernel.js";
import { lessonsCommand } from "./lessons/command.js";
import { packageRoot } from "./package-root.js";

const { version, description } = JSON.parse(
  readFileSync(join(packageRoot(), "package.json"), "utf8"),
) as { version: string; description: string };

const program = new Command("convlab")
  .description(description)
  .version(version)
  .addCommand(kernelCommand())
  .addCommand(lessonsCommand());

try {
  await program.parseAsync();
} catch (error) {
  const expected = error instanceof CommandError || error instanceof InstallError;
  console.error(expected ? error.message : error);
  process.exitCode = 1;
}
