/** Something that whoever typed the command can mend: shown as a sentence, without a stack. */
export class CommandError extends Error {
  override name = "CommandError";
}
