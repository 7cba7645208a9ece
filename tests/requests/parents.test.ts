import { expect, test } from "vitest";
import { Parents } from "../../kernel/requests/parents.js";
import type { Request } from "../../kernel/wire/index.js";

function request(type: "execute_request" | "comm_msg", id: string): Request {
  const header = {
    msg_id: id,
    session: "s",
    username: "u",
    date: "",
    msg_type: type,
    version: "5.5",
  };
  const content =
    type === "comm_msg"
      ? { comm_id: "c", data: { big: "x" } }
      : {
          code: "let long = 1",
          silent: false,
          store_history: true,
          user_expressions: {},
          allow_stdin: true,
          stop_on_error: true,
        };
  return {
    type,
    header,
    content,
    channel: "shell",
    identities: [Buffer.from("me")],
    parentHeader: null,
    metadata: {},
    buffers: [Buffer.alloc(9)],
  } as Request;
}

const idOf = (parents: Parents, number: number) => parents.of(number)?.header.msg_id;

test("nobody is the parent before the first cell", () => {
  expect(new Parents().of(1)).toBe(null);
});

test("a number that is not known belongs to the latest cell", () => {
  const parents = new Parents();
  parents.add(request("execute_request", "first"));
  parents.add(request("execute_request", "second"));
  parents.add(request("comm_msg", "comm"));
  expect(idOf(parents, 99)).toBe("second");
});

test("texts and buffers are not kept; what input needs is", () => {
  const parents = new Parents();
  const kept = parents.of(parents.add(request("execute_request", "cell")));
  expect(kept?.content).toMatchObject({ code: "", allow_stdin: true });
  expect(kept?.buffers).toEqual([]);
  expect(kept?.identities).toEqual([Buffer.from("me")]);
  expect(parents.of(parents.add(request("comm_msg", "comm")))?.content).toEqual({});
});

test("messages of comms push no cell out, and those that are handled stay", () => {
  const parents = new Parents();
  const cell = parents.add(request("execute_request", "cell"));
  const handled = parents.add(request("comm_msg", "handled"));
  for (let i = 0; i < 5000; i++) parents.served(parents.add(request("comm_msg", `comm ${i}`)));
  const last = handled + 5000;
  expect(idOf(parents, cell)).toBe("cell");
  expect(idOf(parents, handled)).toBe("handled");
  expect(idOf(parents, last)).toBe("comm 4999");
  expect(idOf(parents, handled + 1)).toBe("cell");
});

test("a cell far back is forgotten", () => {
  const parents = new Parents();
  for (let i = 1; i <= 2001; i++) parents.add(request("execute_request", `cell ${i}`));
  expect(idOf(parents, 1)).toBe("cell 2001");
  expect(idOf(parents, 2)).toBe("cell 2");
});
