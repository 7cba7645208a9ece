/** Imported before anything else: says in a sentence that this Node is too old, where a stack would follow. */
const least = 20;
const major = Number(process.versions.node.split(".")[0]);
if (major < least) {
  console.error(
    `convlab needs Node ${least} or newer, and this is Node ${process.versions.node} (${process.execPath}). ` +
      "Install a newer one from https://nodejs.org and run the command again.",
  );
  process.exit(1);
}
