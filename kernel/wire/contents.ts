/**
 * The contents of the messages of Jupyter's protocol 5.5, by message type.
 * Source: https://jupyter-client.readthedocs.io/en/stable/messaging.html
 */

export const PROTOCOL_VERSION = "5.5";

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };
/** A JSON object whose keys the protocol leaves open. */
export type JsonObject = Record<string, unknown>;
/** One value in several representations: strings for text and base64, objects for `*+json`. */
export type MimeBundle = Record<string, unknown>;

export interface ExecuteRequest {
  code: string;
  silent: boolean;
  store_history: boolean;
  user_expressions: Record<string, string>;
  allow_stdin: boolean;
  stop_on_error: boolean;
}
export interface CompleteRequest {
  code: string;
  /** In Unicode code points, not UTF-16 units. */
  cursor_pos: number;
}
export interface InspectRequest extends CompleteRequest {
  detail_level: number;
}
export interface HistoryRequest {
  output: boolean;
  raw: boolean;
  hist_access_type: string;
  session?: number;
  start?: number;
  stop?: number;
  n?: number;
  pattern?: string;
  unique?: boolean;
}
export interface CommOpen {
  comm_id: string;
  target_name: string;
  data: JsonObject;
}
export interface CommMessage {
  comm_id: string;
  data: JsonObject;
}

/** What a front end may send, on shell, control or stdin. */
export interface RequestContents {
  kernel_info_request: Record<never, never>;
  execute_request: ExecuteRequest;
  complete_request: CompleteRequest;
  inspect_request: InspectRequest;
  is_complete_request: { code: string };
  history_request: HistoryRequest;
  comm_info_request: { target_name?: string };
  comm_open: CommOpen;
  comm_msg: CommMessage;
  comm_close: CommMessage;
  interrupt_request: Record<never, never>;
  shutdown_request: { restart: boolean };
  create_subshell_request: Record<never, never>;
  delete_subshell_request: { subshell_id: string };
  list_subshell_request: Record<never, never>;
  input_reply: { value: string };
}

/** An error as `error` on IOPub and as part of a reply: each traceback entry is one or more lines. */
export interface ErrorContent {
  ename: string;
  evalue: string;
  traceback: string[];
}
export type ErrorReply = { status: "error" } & ErrorContent;
export type Ok<T> = ({ status: "ok" } & T) | ErrorReply;

export interface KernelInfo {
  protocol_version: string;
  implementation: string;
  implementation_version: string;
  language_info: {
    name: string;
    version: string;
    mimetype: string;
    file_extension: string;
    pygments_lexer?: string;
    codemirror_mode?: string | JsonObject;
    nbconvert_exporter?: string;
  };
  banner: string;
  debugger?: boolean;
  help_links?: { text: string; url: string }[];
  supported_features?: string[];
}

/** What the kernel answers on the channel of the request. */
export interface ReplyContents {
  kernel_info_reply: Ok<KernelInfo>;
  execute_reply:
    | {
        status: "ok";
        execution_count: number;
        user_expressions: Record<string, unknown>;
        payload: JsonObject[];
      }
    | (ErrorReply & { execution_count: number; user_expressions?: Record<string, unknown> })
    | { status: "aborted"; execution_count: number };
  complete_reply: Ok<{
    matches: string[];
    cursor_start: number;
    cursor_end: number;
    metadata: JsonObject;
  }>;
  inspect_reply: Ok<{ found: boolean; data: MimeBundle; metadata: JsonObject }>;
  is_complete_reply:
    | { status: "complete" | "invalid" | "unknown" }
    | { status: "incomplete"; indent: string };
  history_reply: Ok<{
    history: ([number, number, string] | [number, number, [string, string | null]])[];
  }>;
  comm_info_reply: Ok<{ comms: Record<string, { target_name: string }> }>;
  interrupt_reply: Ok<Record<never, never>>;
  shutdown_reply: Ok<{ restart: boolean }>;
  create_subshell_reply: Ok<{ subshell_id: string }>;
  delete_subshell_reply: Ok<Record<never, never>>;
  list_subshell_reply: Ok<{ subshell_id: string[] }>;
  /** Asked by the kernel, on stdin: the front end answers with `input_reply`. */
  input_request: { prompt: string; password: boolean };
}

/** `transient` may be left out when calling {@link Wire.publish}: it is then sent as `{}`. */
export interface DisplayData {
  data: MimeBundle;
  metadata: JsonObject;
  transient?: { display_id?: string };
}

/** What the kernel publishes on IOPub. */
export interface IopubContents {
  status: { execution_state: "starting" | "busy" | "idle" };
  execute_input: { code: string; execution_count: number };
  stream: { name: "stdout" | "stderr"; text: string };
  execute_result: { execution_count: number; data: MimeBundle; metadata: JsonObject };
  display_data: DisplayData;
  update_display_data: DisplayData;
  error: ErrorContent;
  clear_output: { wait: boolean };
  comm_open: CommOpen & { target_module?: string };
  comm_msg: CommMessage;
  comm_close: CommMessage;
  iopub_welcome: { subscription: string };
  shutdown_reply: Ok<{ restart: boolean }>;
}
