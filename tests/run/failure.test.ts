import { expect, test } from "vitest";
import { failureOf } from "../../kernel/run/failure.js";

test("an error gives name, message, frames and causes", () => {
  const error = new RangeError("outer", { cause: new TypeError("inner") });
  const { name, message, stack, causes } = failureOf(error);
  expect([name, message, causes[0]?.name]).toEqual(["RangeError", "outer", "TypeError"]);
  expect(stack).toMatch(/^\s+at /);
});

test("what is no error is shown as a value", () => {
  expect(failureOf("s")).toMatchObject({ name: "Uncaught", message: "'s'", stack: "" });
  expect(failureOf(undefined)).toMatchObject({ name: "Uncaught", message: "undefined" });
});

test("errors that resist are still reported", () => {
  const error = new Error("x");
  Object.defineProperty(error, "message", {
    get: () => {
      throw new Error("no message");
    },
  });
  expect(failureOf(error).name).toBe("Error");
  const hostile = new Proxy(
    {},
    {
      get: () => {
        throw new Error("no");
      },
    },
  );
  expect(failureOf(hostile).name).toBe("Uncaught");
});

test("a circle of causes ends where it closes", () => {
  const error = new Error("round");
  error.cause = new TypeError("and round", { cause: error });
  const { causes } = failureOf(error);
  expect(causes.map(({ message }) => message)).toEqual(["and round"]);
  expect(causes[0]?.causes).toEqual([]);
});

test("gathered errors are listed", () => {
  const { causes } = failureOf(new AggregateError([new Error("a"), new Error("b")], "both"));
  expect(causes.map(({ message }) => message)).toEqual(["a", "b"]);
});

test("a proxy is not asked, and one of an error is described as that error", () => {
  const { name, message, stack } = failureOf(new Proxy(new TypeError("inner"), {}));
  expect([name, message]).toEqual(["Uncaught", "TypeError: inner"]);
  expect(stack).toMatch(/^\s+at /);
  const refuse = () => {
    throw new Error("asked");
  };
  const handler = { get: refuse, has: refuse, getPrototypeOf: refuse, ownKeys: refuse };
  expect(failureOf(new Proxy(new Error("x"), handler)).message).toBe("Error: x");
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  expect(failureOf(proxy).message).toBe("<Revoked Proxy>");
  expect(failureOf(Object.create(new Proxy({}, handler))).name).toBe("Uncaught");
});

test("what is very long is cut, and says how long it was", () => {
  const long = failureOf(new Error("x".repeat(10 ** 6)));
  expect(long.message.length).toBeLessThan(30_000);
  expect(long.message).toMatch(/… \(1,000,000 characters\)$/);
  expect(long.stack).toMatch(/^\s+at /);
  expect(failureOf("y".repeat(10 ** 6)).message.length).toBeLessThan(30_000);
  expect(
    failureOf(Object.assign(new Error("x"), { name: "N".repeat(10 ** 6) })).name.length,
  ).toBeLessThan(300);
  const many = new AggregateError(Array.from({ length: 10 ** 5 }, () => new Error("one")));
  expect(failureOf(many).causes.length).toBeLessThan(100);
});

test("a message with lines like frames is not taken for the frames", () => {
  const { message, stack } = failureOf(new Error("see\n    at home (nowhere:1:1)"));
  expect(message).toContain("at home");
  expect(stack).not.toContain("at home");
  expect(stack).toMatch(/^\s+at /);
});

test("frames are there whatever the user's own Error.prepareStackTrace does", () => {
  const before = Error.prepareStackTrace;
  const throws = (): string => {
    throw new Error("no");
  };
  try {
    for (const prepare of [throws, () => ({}), (_: Error, sites: unknown) => sites]) {
      Error.prepareStackTrace = prepare;
      expect(failureOf(new Error("x")).stack).toMatch(/^\s+at .*failure\.test\.ts/);
      expect(Error.prepareStackTrace).toBe(prepare);
    }
    Error.prepareStackTrace = (error) => `${error}\n    at mapped (source.ts:1:1)`;
    expect(failureOf(new Error("x")).stack).toBe("\n    at mapped (source.ts:1:1)");
  } finally {
    Error.prepareStackTrace = before;
  }
});
