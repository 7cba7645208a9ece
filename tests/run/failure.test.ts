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

test("a circle of causes ends", () => {
  const error = new Error("loop");
  error.cause = error;
  expect(failureOf(error).causes[0]?.causes[0]?.message).toBe("loop");
});

test("gathered errors are listed", () => {
  const { causes } = failureOf(new AggregateError([new Error("a"), new Error("b")], "both"));
  expect(causes.map(({ message }) => message)).toEqual(["a", "b"]);
});
