import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type IopubContents,
  type ReplyContents,
  type Request,
  Wire,
} from "../../kernel/wire/index.js";
import { Client, freeConnection } from "./client.js";

/** The same schemas against which `tests/kernel` holds every message that the running kernel sends. */
const schema = JSON.parse(readFileSync(new URL("./messages.schema.json", import.meta.url), "utf8"));
const ajv = new Ajv();
const compiled = (path: object): ((value: unknown) => boolean) => ajv.compile(path);
const header = compiled(schema.definitions.header);

const error = { ename: "Error", evalue: "x", traceback: ["Error: x"] };
const published: { [T in keyof IopubContents]: IopubContents[T] } = {
  status: { execution_state: "busy" },
  execute_input: { code: "1", execution_count: 1 },
  stream: { name: "stdout", text: "x" },
  execute_result: { execution_count: 1, data: { "text/plain": "1" }, metadata: {} },
  display_data: { data: { "application/vnd.plotly.v1+json": { data: [] } }, metadata: {} },
  update_display_data: { data: { "text/html": "x" }, metadata: {}, transient: { display_id: "d" } },
  error,
  clear_output: { wait: true },
  comm_open: { comm_id: "c", target_name: "t", data: {} },
  comm_msg: { comm_id: "c", data: { a: 1 } },
  comm_close: { comm_id: "c", data: {} },
  iopub_welcome: { subscription: "" },
  shutdown_reply: { status: "ok", restart: true },
};
type Reply = Exclude<keyof ReplyContents, "input_request">;
const replies: { [T in Reply]: ReplyContents[T][] } = {
  kernel_info_reply: [
    {
      status: "ok",
      protocol_version: "5.5",
      implementation: "convlab",
      implementation_version: "1",
      language_info: {
        name: "typescript",
        version: "7",
        mimetype: "text/x",
        file_extension: ".ts",
      },
      banner: "",
    },
  ],
  execute_reply: [
    { status: "ok", execution_count: 1, user_expressions: {}, payload: [] },
    { status: "error", execution_count: 1, ...error },
    { status: "aborted", execution_count: 1 },
  ],
  complete_reply: [{ status: "ok", matches: [], cursor_start: 0, cursor_end: 0, metadata: {} }],
  inspect_reply: [{ status: "ok", found: false, data: {}, metadata: {} }],
  is_complete_reply: [{ status: "invalid" }, { status: "incomplete", indent: "  " }],
  history_reply: [{ status: "ok", history: [[0, 1, "code"]] }],
  comm_info_reply: [{ status: "ok", comms: { c: { target_name: "t" } } }],
  interrupt_reply: [{ status: "ok" }, { status: "error", ...error }],
  shutdown_reply: [{ status: "ok", restart: false }],
  create_subshell_reply: [{ status: "ok", subshell_id: "s" }],
  delete_subshell_reply: [{ status: "ok" }],
  list_subshell_reply: [{ status: "ok", subshell_id: [] }],
};

let wire: Wire;
let client: Client;
let request: Request;

beforeAll(async () => {
  const connection = await freeConnection();
  wire = await Wire.bind(connection);
  client = new Client(connection);
  const arrived = new Promise<Request>((resolve) => wire.onShell(resolve));
  await client.shell.send(client.frames("kernel_info_request", {}));
  request = await arrived;
  await client.receive(client.iopub);
});

afterAll(async () => {
  client.close();
  await wire.close();
});

test.each(Object.keys(published) as (keyof IopubContents)[])("%s as published", async (type) => {
  void wire.publish(request, type, published[type]);
  const received = await client.receive(client.iopub);
  const valid = compiled(schema.definitions.iopub[type]);
  expect([header(received.header), valid(received.content)]).toEqual([true, true]);
  expect(received.parent).toEqual(request.header);
});

test.each(Object.keys(replies) as Reply[])("%s as answered", async (type) => {
  for (const content of replies[type]) {
    void wire.reply(request, type, content);
    const received = await client.receive(client.shell);
    const valid = compiled(schema.definitions.reply[type]);
    expect([header(received.header), valid(received.content)]).toEqual([true, true]);
  }
});

test.each([
  ["iopub", "display_data", { data: { "text/plain": "x" }, metadata: {} }],
  ["iopub", "display_data", { data: { "a/b+json": "text" }, metadata: {}, transient: {} }],
  ["iopub", "update_display_data", { data: { "a/b": "x" }, metadata: {}, transient: {} }],
  ["iopub", "stream", { name: "stdin", text: "x" }],
  ["reply", "execute_reply", { status: "error", execution_count: 1 }],
  ["reply", "is_complete_reply", { status: "incomplete" }],
  [
    "reply",
    "complete_reply",
    { status: "ok", matches: [], cursor_start: -1, cursor_end: 0, metadata: {} },
  ],
])("the schemas refuse what the protocol doesn't allow: %s %s %j", (channel, type, content) => {
  expect(compiled(schema.definitions[channel][type])(content)).toBe(false);
});
