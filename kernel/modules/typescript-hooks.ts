/**
 * The hooks in a thread of their own, as Node before 22.15 wants them. The thread of the user's code tells which
 * versions of its files it means before it imports any.
 */
import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { Project } from "../project/project.js";
import {
  Hooks,
  type LoadContext,
  type Loaded,
  type ResolveContext,
  type Resolved,
} from "./hooks.js";
import { LocalGraph, VERSION } from "./local-graph.js";

/** Handed to {@link initialize}. */
export interface HookData {
  folder: string;
  kernelFolder: string;
  provided: Record<string, string[]>;
  /** Brings the versions of files: path and version, in pairs. */
  port: MessagePort;
}

let hooks: Hooks | undefined;

export function initialize({ folder, kernelFolder, provided, port }: HookData): void {
  const project = new Project(folder);
  project.refresh();
  const graph = new LocalGraph(project, dirname(kernelFolder));
  const versions = new Map<string, string>();
  const update = (): void => {
    for (;;) {
      const message = receiveMessageOnPort(port) as { message: [string, string][] } | undefined;
      if (message === undefined) return;
      project.refresh();
      for (const [file, version] of message.message) versions.set(file, version);
    }
  };
  hooks = new Hooks({
    file(specifier, from, preferTypeScript) {
      update();
      return graph.file(specifier, from, preferTypeScript);
    },
    url(file) {
      const url = pathToFileURL(file);
      // Only what is imported by a computed name was not foreseen.
      const version = versions.get(file) ?? statSync(file).mtimeMs;
      url.search = `?${VERSION}=${version}`;
      return url.href;
    },
    emitOptions: () => project.emitOptions,
    kernelUrl: pathToFileURL(join(kernelFolder, "import.mjs")).href,
    provided,
  });
}

export function resolve(
  specifier: string,
  context: ResolveContext,
  next: (specifier: string, context: ResolveContext) => Promise<Resolved>,
): Promise<Resolved> {
  return hooks === undefined ? next(specifier, context) : hooks.resolve(specifier, context, next);
}

export function load(
  url: string,
  context: LoadContext,
  next: (url: string, context: LoadContext) => Promise<Loaded>,
): Promise<Loaded> {
  return hooks === undefined ? next(url, context) : hooks.load(url, context, next);
}
