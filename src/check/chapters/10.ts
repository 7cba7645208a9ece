/** Chapter 10, reading VGG. */
import { choice, type Exercise, exercise, numberAnswer, shapeAnswer } from "../kinds/index.js";
import { designExercise } from "./10-design.js";
import { windowExercise } from "./10-window.js";

export const chapter10: Exercise[] = [
  exercise({
    id: "10-sixteen",
    kind: choice(["A", "B", "C", "D", "E", "none"]),
    answer: "E",
    mistakes: [
      {
        answer: "D",
        say: {
          en: "D is VGG16: sixteen layers with weights, but three of them are fully connected.",
          ko: "D는 VGG16입니다. 가중치가 있는 층은 16개이지만, 그중 셋은 완전 연결층입니다.",
        },
      },
      {
        answer: "C",
        say: {
          en: "C has sixteen layers with weights too; three of them are fully connected, so 13 convolutions remain.",
          ko: "C도 가중치가 있는 층이 16개입니다. 그중 셋이 완전 연결층이므로 합성곱은 13개입니다.",
        },
      },
    ],
    hint: {
      en: "Every column ends in the same three fully connected layers. Which total is 16 + 3?",
      ko: "모든 열은 같은 완전 연결층 세 개로 끝납니다. 합이 16 + 3인 것은 어느 것일까요?",
    },
    reason: {
      en: "E is VGG19: 16 convolutions and 3 fully connected layers. VGG16 has 13 convolutions; the number in the name counts layers with weights.",
      ko: "E는 VGG19로, 합성곱 16개와 완전 연결층 3개입니다. VGG16의 합성곱은 13개입니다. 이름의 숫자는 가중치가 있는 층의 수입니다.",
    },
    refuses: ["A", "B", "none", 16],
  }),
  exercise({
    id: "10-shape",
    kind: shapeAnswer(),
    answer: [20, 30, 512],
    mistakes: [
      {
        answer: [512, 20, 30],
        say: {
          en: "The sizes are right, but the channels stand first. Here a shape is H×W×C.",
          ko: "크기는 맞지만 채널이 맨 앞에 있습니다. 여기서는 모양을 H×W×C로 씁니다.",
        },
      },
      {
        answer: [10, 15, 512],
        say: {
          en: "That is one pooling too many: this is what leaves pool5.",
          ko: "풀링을 한 번 더 했습니다. 그것은 pool5에서 나오는 모양입니다.",
        },
      },
      {
        answer: [40, 60, 512],
        say: {
          en: "Count the poolings: pool4 is the fourth halving, and you have halved three times.",
          ko: "풀링을 세어 보세요. pool4는 네 번째 반으로 줄이기인데, 세 번만 줄였습니다.",
        },
      },
      {
        answer: [30, 20, 512],
        say: {
          en: "Height comes before width, as it came in.",
          ko: "들어올 때처럼 높이가 너비보다 먼저입니다.",
        },
      },
    ],
    hint: {
      en: "Convolutions change the channels only; each pooling halves height and width.",
      ko: "합성곱은 채널만 바꾸고, 풀링은 높이와 너비를 반으로 줄입니다.",
    },
    reason: {
      en: "Four halvings divide by 16: 320 / 16 = 20, 480 / 16 = 30, and the fourth block has 512 filters.",
      ko: "네 번 반으로 줄이면 16으로 나눈 것입니다. 320 / 16 = 20, 480 / 16 = 30이고, 네 번째 블록의 필터는 512개입니다.",
    },
    refuses: [[14, 14, 512], [20, 30], [20, 30, 256], 512],
  }),
  exercise({
    id: "10-one-by-one",
    kind: numberAnswer(),
    answer: 65_792,
    mistakes: [
      {
        answer: 65_536,
        say: {
          en: "These are the weights. Each of the 256 filters has a bias too.",
          ko: "그것은 가중치만 센 것입니다. 필터 256개에는 편향도 하나씩 있습니다.",
        },
      },
      {
        answer: 590_080,
        say: {
          en: "That is a 3×3 kernel. In conv1-256 the kernel is 1×1.",
          ko: "그것은 3×3 커널입니다. conv1-256의 커널은 1×1입니다.",
        },
      },
      {
        answer: 512,
        say: {
          en: "Each filter has one weight for each channel that comes in: 256 of them.",
          ko: "각 필터는 들어오는 채널마다 가중치를 하나씩, 모두 256개 가집니다.",
        },
      },
      {
        answer: 257,
        say: {
          en: "That is one filter. The layer has 256 of them.",
          ko: "그것은 필터 하나입니다. 이 층에는 필터가 256개 있습니다.",
        },
      },
    ],
    hint: {
      en: "k·k·channels in·filters, and one bias a filter. Here k = 1.",
      ko: "k·k·입력 채널·필터 수에 필터마다 편향 하나를 더하세요. 여기서는 k = 1입니다.",
    },
    reason: {
      en: "1·1·256·256 + 256 = 65,792, a ninth of what a 3×3 layer would take.",
      ko: "1·1·256·256 + 256 = 65,792로, 3×3 층의 약 9분의 1입니다.",
    },
    refuses: [196_608, 256, 65_793, "65,792"],
  }),
  exercise({
    id: "10-faster",
    kind: numberAnswer({ tolerance: 0.004 }),
    answer: 15_470_264_320 / 15_346_630_656,
    mistakes: [
      {
        answer: 138_357_544 / 14_714_688,
        say: {
          en: "That is the ratio of the weights. The claim is about speed: compare the work.",
          ko: "그것은 가중치의 비입니다. 속도에 관한 주장이므로 계산량을 비교하세요.",
        },
      },
      {
        answer: 15_346_630_656 / 15_470_264_320,
        say: {
          en: "Turned round: how many times the work of the part is the work of the whole?",
          ko: "거꾸로입니다. 전체의 계산량은 남은 부분의 몇 배인가요?",
        },
      },
      {
        answer: 15_470_264_320 / 123_633_664,
        say: {
          en: "You divided by the work that goes. Which work stays?",
          ko: "없어지는 계산량으로 나누었습니다. 남는 계산량은 어느 것인가요?",
        },
      },
      {
        answer: 12_363_366_400 / 15_470_264_320,
        say: {
          en: "That is the percentage of the work that goes. How many times does the rest fit into the whole?",
          ko: "그것은 없어지는 계산량의 백분율입니다. 전체는 남은 부분의 몇 배인가요?",
        },
      },
    ],
    hint: {
      en: "Divide all multiply-adds, `totals.macs`, by those of the convolutions, `totals.convMacs`.",
      ko: "전체 곱셈-덧셈 `totals.macs`를 합성곱의 것 `totals.convMacs`로 나누세요.",
    },
    reason: {
      en: "15.470 / 15.347 billion = 1.008: nine tenths of the weights did less than a hundredth of the work.",
      ko: "154.70억 / 153.47억 = 1.008입니다. 가중치의 10분의 9가 한 일은 전체의 100분의 1도 되지 않습니다.",
    },
    refuses: [9, 2, 1.1, 10, 0.008],
  }),
  exercise({
    id: "10-memory",
    kind: numberAnswer({ tolerance: 0.005 }),
    answer: 15.237608,
    mistakes: [
      {
        answer: 15_237_608,
        say: {
          en: "The sum is right; the answer is wanted in millions.",
          ko: "합은 맞습니다. 백만 단위로 답해 주세요.",
        },
      },
      {
        answer: 15.08708,
        say: {
          en: "Close: one row is missing. The input picture is held too.",
          ko: "거의 맞았지만 한 줄이 빠졌습니다. 입력 사진도 메모리에 있습니다.",
        },
      },
      {
        answer: 60.950432,
        say: {
          en: "These are megabytes, four for each million. How many numbers is that?",
          ko: "그것은 메가바이트로, 수 백만 개마다 4입니다. 수는 몇 개인가요?",
        },
      },
      {
        answer: 24,
        say: {
          en: "That is the printed total. Add the lines yourself.",
          ko: "그것은 인쇄된 합계입니다. 줄을 직접 더해 보세요.",
        },
      },
      {
        answer: 138.357544,
        say: {
          en: "These are the weights. Memory here means what the layers put out: `row.values`.",
          ko: "그것은 가중치입니다. 여기서 메모리는 층이 내놓는 값 `row.values`입니다.",
        },
      },
    ],
    hint: {
      en: 'Walk through `vgg.summary("D").rows` and add up `row.values`; divide by a million.',
      ko: '`vgg.summary("D").rows`를 따라가며 `row.values`를 더하고 백만으로 나누세요.',
    },
    reason: {
      en: "The lines, the picture included, sum to 15,237,608 numbers: 15.2 million, 61.0 MB. The page's lines are right, its total of 24 million is not.",
      ko: "사진을 포함한 모든 줄의 합은 15,237,608개, 곧 1,524만 개이고 61.0 MB입니다. 그 페이지의 줄은 맞지만 2,400만이라는 합계는 틀립니다.",
    },
    refuses: [13.5, 30.4, 93, 58.1, "15.2M"],
  }),
  windowExercise,
  designExercise,
];
