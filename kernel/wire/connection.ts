/** The connection file: where a front end expects the five sockets, and the key that signs every message. */
import { readFileSync } from "node:fs";

/** What a Jupyter connection file holds, under the names it has there. */
export interface ConnectionInfo {
  readonly transport: "tcp" | "ipc";
  /** An address for `tcp`, the beginning of a path for `ipc`. */
  readonly ip: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly control_port: number;
  readonly hb_port: number;
  /** The HMAC key; empty means that messages are not signed. */
  readonly key: string;
  /** `hmac-` and the hash, in practice always `hmac-sha256`. */
  readonly signature_scheme: string;
}

/** A connection file that is missing or says what no kernel can follow. */
export class ConnectionFileError extends Error {
  override readonly name = "ConnectionFileError";
}

/**
 * Reads a connection file.
 * @throws ConnectionFileError when it can't be read, is not JSON, or lacks a field.
 */
export function readConnectionFile(path: string): ConnectionInfo {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new ConnectionFileError(
      `Cannot read the connection file ${path} (${(error as NodeJS.ErrnoException).code}). A Jupyter front end passes it as the kernel's argument.`,
    );
  }
  try {
    return parseConnection(text);
  } catch (error) {
    throw new ConnectionFileError(`Connection file ${path}: ${(error as Error).message}`);
  }
}

const ports = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"] as const;

/**
 * Reads the text of a connection file. Fields we don't know are ignored.
 * @throws ConnectionFileError naming the field that is wrong and what was wanted.
 */
export function parseConnection(text: string): ConnectionInfo {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new ConnectionFileError(
      "it is not JSON. A connection file is a JSON object with ports and a key.",
    );
  }
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new ConnectionFileError(
      "it holds no JSON object. A connection file is a JSON object with ports and a key.",
    );
  }
  const fields = given as Record<string, unknown>;
  const transport = fields.transport ?? "tcp";
  if (transport !== "tcp" && transport !== "ipc") {
    throw new ConnectionFileError(
      `"transport" is ${JSON.stringify(transport)}; wanted "tcp" or "ipc".`,
    );
  }
  const signatureScheme = textField(fields, "signature_scheme", "hmac-sha256");
  if (!/^hmac-sha(1|256|384|512)$/.test(signatureScheme)) {
    throw new ConnectionFileError(
      `"signature_scheme" is "${signatureScheme}"; wanted "hmac-sha256".`,
    );
  }
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = ports.map((name) =>
    portField(fields, name),
  ) as [number, number, number, number, number];
  return {
    transport,
    ip: textField(fields, "ip", "127.0.0.1"),
    shell_port,
    iopub_port,
    stdin_port,
    control_port,
    hb_port,
    key: textField(fields, "key", ""),
    signature_scheme: signatureScheme,
  };
}

/** The address that one socket binds to, in ZeroMQ's writing. */
export function address(connection: ConnectionInfo, port: number): string {
  return connection.transport === "ipc"
    ? `ipc://${connection.ip}-${port}`
    : `tcp://${connection.ip.includes(":") ? `[${connection.ip}]` : connection.ip}:${port}`;
}

function textField(fields: Record<string, unknown>, name: string, absent: string): string {
  const value = fields[name] ?? absent;
  if (typeof value === "string") return value;
  throw new ConnectionFileError(`"${name}" is ${JSON.stringify(value)}; wanted a string.`);
}

function portField(fields: Record<string, unknown>, name: string): number {
  const value = fields[name];
  if (value === undefined) throw new ConnectionFileError(`"${name}" is missing.`);
  if (Number.isInteger(value) && (value as number) > 0 && (value as number) < 65536) {
    return value as number;
  }
  throw new ConnectionFileError(
    `"${name}" is ${JSON.stringify(value)}; wanted a whole number from 1 to 65535.`,
  );
}
