/** Imported before anything else: says in a sentence that this Node is too old, where a stack would follow. */
const least = [20, 12];
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < least[0] || (major === least[0] && minor < least[1])) {
  console.error(
    `convlab needs Node ${least.join(".")} or newer, and this is Node ${process.versions.node} (${process.execPath}). ` +
      "Install a newer one from https://nodejs.org and run the command again.",
  );
  process.exit(1);
}
