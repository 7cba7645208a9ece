/** A JupyterLab server of a test's own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

export interface Server {
  /** Where it is, with its token. */
  readonly address: URL;
  stop(): Promise<void>;
}

/** Starts a program that starts JupyterLab; resolves when it has printed its address. */
export async function startJupyterLab(
  program: string,
  args: readonly string[],
  folder: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Server> {
  const server = spawn(
    program,
    [
      ...args,
      ...["--no-browser", "--port=0", "--ip=127.0.0.1", `--notebook-dir=${folder}`],
      // It asks nobody whether there is news, a newer version, or an extension.
      ...["--LabApp.news_url=None", "--LabApp.extension_manager=readonly"],
      "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
      // Root in a container, as on the project's machine.
      ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
    ],
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, JUPYTER_CONFIG_DIR: folder, ...env },
    },
  );
  const address = await printedAddress(server);
  return {
    address,
    async stop() {
      if (server.exitCode !== null) return;
      server.kill("SIGTERM");
      await once(server, "exit");
    },
  };
}

function printedAddress(server: ChildProcess): Promise<URL> {
  let said = "";
  return new Promise((resolve, reject) => {
    const hear = (text: Buffer) => {
      said += text;
      const found = /http:\/\/127\.0\.0\.1:\d+\/lab\?token=\w+/.exec(said);
      if (found) resolve(new URL(found[0]));
    };
    server.stdout?.on("data", hear);
    server.stderr?.on("data", hear);
    server.on("exit", () => reject(new Error(`JupyterLab ended: ${said}`)));
  });
}
