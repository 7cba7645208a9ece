/** Chapter 10: a small network for digits, within a budget of weights and work. */
import type { Summary } from "../../vgg/index.js";
import { type Exercise, exercise, networkLine } from "../kinds/index.js";

const input: readonly [number, number, number] = [28, 28, 1];

/** Whether the network ends in ten numbers. */
const endsInTen = ({ rows }: Summary): boolean => rows[rows.length - 1]!.shape.join() === "10";
/** Window of the last map, in pixels. */
const lastWindow = ({ rows }: Summary): number =>
  rows.filter(({ shape }) => shape.length === 3).pop()!.receptiveField;
const light = ({ totals }: Summary): boolean => totals.parameters <= 20_000;
/** Whether the fully connected layers hold more than the convolutions. */
const heavyHead = ({ totals }: Summary): boolean => totals.fcParameters > totals.convParameters;
const quick = ({ totals }: Summary): boolean => totals.macs <= 2_000_000;

export const designExercise: Exercise = exercise({
  id: "10-design",
  kind: networkLine(input),
  accepts: (network) =>
    endsInTen(network) && lastWindow(network) >= 20 && light(network) && quick(network),
  mistakes: [
    {
      when: (network) => !endsInTen(network),
      example: "8 8 M 16 16 M 32 GAP",
      say: {
        en: "There are ten digits, so the last layer must put out 10 numbers: end with FC-10.",
        ko: "숫자는 열 가지이므로 마지막 층은 수 10개를 내야 합니다. FC-10으로 끝내세요.",
      },
    },
    {
      when: (network) => !light(network) && heavyHead(network),
      example: "8 8 M 16 16 M 32 FC-10",
      say: {
        en: "More than 20,000 parameters. Look at the row of the fully connected layer: does it read the whole map?",
        ko: "파라미터가 20,000개를 넘습니다. 완전 연결층의 행을 보세요. 맵 전체가 들어가고 있지 않나요?",
      },
    },
    {
      when: (network) => !light(network),
      example: "64 64 M 64 64 M GAP FC-10",
      say: {
        en: "More than 20,000 parameters, most of them in convolutions. Which row has the most weights, and which two numbers make it so large?",
        ko: "파라미터가 20,000개를 넘고, 대부분 합성곱에 있습니다. 가중치가 가장 많은 행은 어느 것이고, 어느 두 수가 그렇게 크게 만드나요?",
      },
    },
    {
      when: (network) => lastWindow(network) < 20,
      example: "8 M 16 GAP FC-10",
      say: {
        en: "The last map sees less than 20 pixels. A convolution after two poolings widens the window by 8 at once.",
        ko: "마지막 맵이 보는 창이 20픽셀보다 작습니다. 풀링 두 번 뒤의 합성곱은 창을 한 번에 8만큼 넓힙니다.",
      },
    },
    {
      when: (network) => !quick(network),
      example: "16 16 16 M 16 16 16 M GAP FC-10",
      say: {
        en: "More than 2,000,000 multiply-adds. Full-size maps cost most: give the first block fewer filters.",
        ko: "곱셈-덧셈이 2,000,000번을 넘습니다. 큰 맵이 가장 비쌉니다. 첫 블록의 필터를 줄이세요.",
      },
    },
  ],
  hint: {
    en: "Few filters while the map is large, two poolings, GAP before FC-10.",
    ko: "맵이 클 때는 필터를 적게, 풀링은 두 번, FC-10 앞에는 GAP을 두세요.",
  },
  reason: {
    en: "The poolings widen the window and shrink the work, and the global average keeps the head small.",
    ko: "풀링은 창을 넓히고 계산량을 줄이며, 전역 평균은 머리를 작게 유지합니다.",
  },
  refuses: [
    "64 64 M 128 128 M FC-10",
    "FC-10",
    "8 8 M 16 16 M 32 GAP FC-1000",
    "8 8 Q GAP FC-10",
    42,
  ],
});
