import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { address, parseConnection, readConnectionFile } from "../../kernel/wire/index.js";

const whole = {
  transport: "tcp",
  ip: "127.0.0.1",
  shell_port: 1,
  iopub_port: 2,
  stdin_port: 3,
  control_port: 4,
  hb_port: 65535,
  key: "k",
  signature_scheme: "hmac-sha256",
};
const parsed = (changes: object): unknown =>
  parseConnection(JSON.stringify({ ...whole, ...changes }));

test("a whole file is read, what we don't know is left out", () => {
  expect(parsed({ kernel_name: "convlab", jupyter_session: "x.ipynb" })).toEqual(whole);
});

test("address, transport, key and scheme may be absent", () => {
  const { shell_port, iopub_port, stdin_port, control_port, hb_port } = whole;
  const ports = { shell_port, iopub_port, stdin_port, control_port, hb_port };
  expect(parseConnection(JSON.stringify(ports))).toEqual({ ...whole, key: "" });
});

test.each([
  [{ shell_port: undefined }, '"shell_port" is missing.'],
  [{ hb_port: 0 }, '"hb_port" is 0; wanted a whole number from 1 to 65535.'],
  [{ hb_port: 65536 }, "wanted a whole number from 1 to 65535"],
  [{ iopub_port: "2" }, '"iopub_port" is "2"; wanted a whole number'],
  [{ transport: "udp" }, '"transport" is "udp"; wanted "tcp" or "ipc".'],
  [{ key: 5 }, '"key" is 5; wanted a string.'],
  [{ signature_scheme: "hmac-md4" }, 'wanted "hmac-sha256"'],
])("%j is refused: %s", (changes, message) => {
  expect(() => parsed(changes)).toThrow(message);
});

test("no JSON and no object are refused", () => {
  expect(() => parseConnection("{")).toThrow("it is not JSON");
  expect(() => parseConnection("[1]")).toThrow("it holds no JSON object");
});

test("a file that can't be read is named, with the reason", () => {
  expect(() => readConnectionFile("/nowhere/kernel.json")).toThrow(
    "Cannot read the connection file /nowhere/kernel.json (ENOENT)",
  );
  const folder = mkdtempSync(join(tmpdir(), "convlab-wire-"));
  const file = join(folder, "kernel 1.json");
  writeFileSync(file, "{}");
  expect(() => readConnectionFile(file)).toThrow(`${file}: "shell_port" is missing.`);
  rmSync(folder, { recursive: true });
});

test("addresses as ZeroMQ wants them", () => {
  expect(address({ ...whole, transport: "tcp" }, 5)).toBe("tcp://127.0.0.1:5");
  expect(address({ ...whole, transport: "tcp", ip: "::1" }, 5)).toBe("tcp://[::1]:5");
  expect(address({ ...whole, transport: "ipc", ip: "/tmp/k" }, 5)).toBe("ipc:///tmp/k-5");
});
