/** Text of the language server without our documents, which are no concern of the reader's. */

/** Removes the names of our documents from a message, a type or a signature. */
export function withoutDocuments(text: string): string {
  return text
    .replace(/\[([^\]]*)\]\(file:[^)]*convlab(?:%24|\$)[^)]*\)/g, "`$1`")
    .replace(/(?:typeof )?import\("[^"]*convlab\$\w+"\)\./g, "")
    .replace(/\bconvlab\$\d+\./g, "");
}
