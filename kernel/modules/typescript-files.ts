/** Lets Node import the reader's own `.ts` files, by the hooks of `hooks.ts`. */
import * as nodeModule from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { MessageChannel } from "node:worker_threads";
import type { Project } from "../project/project.js";
import { Hooks, PROVIDED_KEY } from "./hooks.js";
import type { LocalGraph } from "./local-graph.js";

type Provided = ReadonlyMap<string, Record<string, unknown>>;

/** The hooks of this thread; registered when first needed, since most sessions never import a file of their own. */
export class LocalImports {
  readonly #folder: string;
  readonly #kernelFolder: string;
  readonly #project: Project;
  readonly #graph: LocalGraph;
  readonly #provided: Provided;
  #tellVersions: ((versions: Map<string, string>) => void) | undefined;

  /** @param kernelFolder where the built kernel lies */
  constructor(
    folder: string,
    kernelFolder: string,
    project: Project,
    graph: LocalGraph,
    provided: Provided,
  ) {
    this.#folder = folder;
    this.#kernelFolder = kernelFolder;
    this.#project = project;
    this.#graph = graph;
    this.#provided = provided;
  }

  /** Makes ready for an import of a file and of all that it imports. */
  prepare(file: string): void {
    this.#tellVersions ??= this.#register();
    this.#tellVersions(this.#graph.versions(file));
  }

  #register(): (versions: Map<string, string>) => void {
    process.setSourceMapsEnabled(true);
    Object.defineProperty(globalThis, Symbol.for(PROVIDED_KEY), { value: this.#provided });
    const provided = Object.fromEntries(
      [...this.#provided].map(([name, module]) => [name, Object.keys(module)]),
    );
    // Node 22.15 and later run hooks in the thread itself; before that, they have a thread of their own.
    const { registerHooks } = nodeModule as { registerHooks?: (hooks: object) => void };
    if (registerHooks !== undefined) {
      const hooks = new Hooks({
        file: (...wanted) => this.#graph.file(...wanted),
        url: (file) => this.#graph.url(file),
        emitOptions: () => this.#project.emitOptions,
        kernelUrl: pathToFileURL(join(this.#kernelFolder, "import.mjs")).href,
        provided,
      });
      registerHooks({ resolve: hooks.resolveSync, load: hooks.loadSync });
      return () => undefined;
    }
    const { port1, port2 } = new MessageChannel();
    port1.unref();
    nodeModule.register(pathToFileURL(join(this.#kernelFolder, "typescript-hooks.cjs")).href, {
      data: { folder: this.#folder, kernelFolder: this.#kernelFolder, provided, port: port2 },
      transferList: [port2],
    });
    return (versions) => port1.postMessage([...versions]);
  }
}
