/** An answer that is a network, written on one line as VGG's authors do. */
import { parse, type Summary, summary } from "../../vgg/index.js";
import type { Kind, Reading } from "../exercise.js";
import { isEmpty, valueText } from "../values.js";

/**
 * A VGG-style line such as `"8 8 M GAP FC-10"`, read with its ledger.
 *
 * @param input shape of the image that the network is for, H×W×C.
 */
export function networkLine(
  input: readonly [height: number, width: number, channels: number],
): Kind<Summary> {
  return {
    read(given): Reading<Summary> {
      if (isEmpty(given)) return { state: "empty" };
      if (typeof given !== "string") {
        return {
          state: "unusable",
          why: {
            en: 'The answer is a line in quotes, such as "8 8 M GAP FC-10"; got {given}.',
            ko: '답은 "8 8 M GAP FC-10"처럼 따옴표로 묶은 한 줄이어야 합니다. 받은 것: {given}.',
          },
          values: { given: valueText(given) },
        };
      }
      try {
        return { state: "read", value: summary(parse(given, { input })) };
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        return {
          state: "unusable",
          why: {
            en: "Your line can't be read: {message}",
            ko: "이 줄을 읽을 수 없습니다: {message}",
          },
          values: { message },
        };
      }
    },
    equal: (a, b) => JSON.stringify(a.config.layers) === JSON.stringify(b.config.layers),
  };
}
