/** Checks what front ends send: a content with a wrong or missing field never reaches the kernel. */
import type { RequestContents } from "./contents.js";

type Shape = "string" | "number" | "boolean" | "object";
/** The type of a field, then its default; without a default the field must be there. */
type Field = readonly [Shape, unknown?] | readonly [Shape, unknown, "optional"];

const code: Field = ["string"];
const cursor: Field = ["number"];
const data: Field = ["object", {}];

const fields: { readonly [T in keyof RequestContents]: Readonly<Record<string, Field>> } = {
  kernel_info_request: {},
  execute_request: {
    code,
    silent: ["boolean", false],
    store_history: ["boolean", true],
    user_expressions: ["object", {}],
    allow_stdin: ["boolean", true],
    stop_on_error: ["boolean", true],
  },
  complete_request: { code, cursor_pos: cursor },
  inspect_request: { code, cursor_pos: cursor, detail_level: ["number", 0] },
  is_complete_request: { code },
  history_request: {
    output: ["boolean", false],
    raw: ["boolean", true],
    hist_access_type: ["string", "tail"],
    session: ["number", undefined, "optional"],
    start: ["number", undefined, "optional"],
    stop: ["number", undefined, "optional"],
    n: ["number", undefined, "optional"],
    pattern: ["string", undefined, "optional"],
    unique: ["boolean", undefined, "optional"],
  },
  comm_info_request: { target_name: ["string", undefined, "optional"] },
  comm_open: { comm_id: ["string"], target_name: ["string"], data },
  comm_msg: { comm_id: ["string"], data },
  comm_close: { comm_id: ["string"], data },
  interrupt_request: {},
  shutdown_request: { restart: ["boolean", false] },
  create_subshell_request: {},
  delete_subshell_request: { subshell_id: ["string"] },
  list_subshell_request: {},
  input_reply: { value: ["string", ""] },
};

/** Whether the protocol knows this type of request. */
export function isRequestType(type: string): type is keyof RequestContents {
  return Object.hasOwn(fields, type);
}

/**
 * The content with defaults filled in; `null` counts as absent, since some front ends send it.
 * @throws TypeError naming the field that is wrong.
 */
export function checkedContent<T extends keyof RequestContents>(
  type: T,
  given: Record<string, unknown>,
): RequestContents[T] {
  const content: Record<string, unknown> = { ...given };
  for (const [name, [shape, absent, optional]] of Object.entries(fields[type])) {
    const value = given[name] ?? undefined;
    if (value === undefined) {
      if (absent === undefined && optional === undefined) {
        throw new TypeError(`${type} lacks "${name}" (a ${shape})`);
      }
      if (absent === undefined) delete content[name];
      else content[name] = typeof absent === "object" ? {} : absent;
    } else if (typeof value !== shape || Array.isArray(value)) {
      throw new TypeError(
        `"${name}" of ${type} is ${Array.isArray(value) ? "an array" : `a ${typeof value}`}; wanted a ${shape}`,
      );
    }
  }
  return content as unknown as RequestContents[T];
}
