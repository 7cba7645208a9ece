/** What the language server is shown: the settings, the earlier cells, the cell to be checked, the one being written. */
import { Chain, CURRENT, type Document, type Draft } from "./chain.js";
import { Configuration } from "./config.js";
import { Documents } from "./documents.js";
import { places, type ServerHint } from "./inferred.js";
import { positionOf } from "./positions.js";
import type { LanguageServer } from "./server.js";
import { Watch } from "./watch.js";

export class ServedProgram {
  readonly chain = new Chain();
  readonly configuration: Configuration;
  readonly documents: Documents;
  readonly #watch: Watch;
  readonly #changed: () => void;
  #server: LanguageServer | undefined;
  #current = this.chain.empty();
  /** Made anew when something changes that it depends on. */
  #settings: { files: number; document: Document } | undefined;

  /**
   * @param folder where the notebook lies
   * @param home a folder of the kernel, from which its own packages are found
   * @param changed is called when files, packages or settings changed: what was found in a cell may hold no longer
   */
  constructor(folder: string, home: string, changed: () => void) {
    this.configuration = new Configuration(folder, home);
    this.configuration.admit(["convlab", "tslab"]);
    this.#watch = new Watch(folder, this.configuration.aliasTargets);
    this.documents = new Documents(folder);
    this.#changed = changed;
  }

  /** The document of the cell to be checked, as requests name it. */
  get checked(): { readonly uri: string } {
    return { uri: this.documents.uri(CURRENT) };
  }

  /** Shows everything to a server that was just started. */
  open(server: LanguageServer): void {
    this.#server = server;
    this.documents.forget();
    this.showAll();
  }

  /** Makes the server know the modules that a cell imports, and what changed on disk. */
  bring(specifiers: ReadonlySet<string>, show = true): void {
    this.#watch.follow(specifiers);
    const changes = this.#watch.changes();
    const edited = this.configuration.admit(specifiers);
    if (edited || changes.length > 0) {
      this.#changed();
      this.#settings = undefined;
    }
    if (changes.length > 0) {
      this.#server?.notify("workspace/didChangeWatchedFiles", { changes });
    }
    if (show) this.showEarlier();
  }

  /** Shows the cell that is to be checked next, or none. */
  showChecked(draft?: Draft): boolean {
    this.#current = draft === undefined ? this.chain.empty() : { name: CURRENT, text: draft.text };
    return this.show(this.#current);
  }

  /** The settings and the earlier cells; says whether any of it was news. */
  showEarlier(): boolean {
    const files = this.chain.files();
    if (this.#settings?.files !== files.length) {
      this.#settings = { files: files.length, document: this.configuration.document(files) };
    }
    const documents = [this.#settings.document, ...this.chain.documents()];
    return documents.map((document) => this.show(document)).includes(true);
  }

  showAll(): void {
    this.showEarlier();
    this.show(this.#current);
    this.show(this.chain.question("", []));
  }

  show(document: Document): boolean {
    return this.documents.show(document, this.#server ?? null);
  }

  /**
   * After a cell has run: lets the server take in its document before the next cell comes, while the reader reads.
   * Where more than one text has changed, or what a document imports, the server builds its whole program anew.
   */
  async takeIn(draft: Draft, withImports: boolean): Promise<void> {
    await this.#settle(draft);
    const earlier = this.showEarlier();
    const empty = withImports && this.showChecked();
    if (!earlier && !empty) return;
    // Any question about the shape of a text will do: the program is brought up to date, and nothing is checked.
    await this.#server?.request("textDocument/foldingRange", { textDocument: this.checked });
  }

  /** Writes inferred types into a cell that was just checked and refers to others. */
  async #settle(draft: Draft): Promise<void> {
    const { names, results } = places(draft.program);
    if (draft.entry.uses.size === 0 || names.size + results.length === 0) return;
    if (this.documents.textOf(this.checked.uri) !== draft.text) return;
    const { source } = draft.entry;
    const range = { start: positionOf(source, 0), end: positionOf(source, source.length) };
    const hints = await this.#server?.request<readonly ServerHint[] | null>(
      "textDocument/inlayHint",
      { textDocument: this.checked, range },
    );
    this.chain.settle(draft, hints ?? []);
  }
}
