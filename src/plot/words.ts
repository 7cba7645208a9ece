import { say, type Text } from "../check/language.js";

/** The words that figures say by themselves, in the language that the notebook's first cell sets. */
const WORDS = {
  row: { en: "row", ko: "행" },
  column: { en: "column", ko: "열" },
  value: { en: "value", ko: "값" },
  red: { en: "red", ko: "빨강" },
  green: { en: "green", ko: "초록" },
  blue: { en: "blue", ko: "파랑" },
  input: { en: "input", ko: "입력" },
  kernel: { en: "kernel", ko: "커널" },
  turned: { en: "kernel, turned by half a turn", ko: "반 바퀴 돌린 커널" },
  output: { en: "output", ko: "출력" },
  bias: { en: "bias", ko: "편향" },
  play: { en: "▶ play", ko: "▶ 재생" },
  pause: { en: "❚❚ pause", ko: "❚❚ 멈춤" },
  place: { en: "output row, column: ", ko: "출력 행, 열: " },
  placeInRow: { en: "output number ", ko: "출력 번호 " },
  inputPlace: { en: "input row, column: ", ko: "입력 행, 열: " },
  inputPlaceInRow: { en: "input number ", ko: "입력 번호 " },
  addedTo: {
    en: "added to output rows {rows}, columns {columns}",
    ko: "출력 {rows}행, {columns}열에 더함",
  },
  addedToRow: { en: "added to outputs {columns}", ko: "출력 {columns}번에 더함" },
  map: { en: "map {index}", ko: "맵 {index}" },
  filter: { en: "filter {index}", ko: "필터 {index}" },
  picture: { en: "Picture", ko: "그림" },
  pictures: { en: "Pictures", ko: "그림들" },
  filters: { en: "Filter bank", ko: "필터 모음" },
  activations: { en: "Feature maps", ko: "특징 맵" },
  ownScale: { en: "own scale for each", ko: "맵마다 따로 눈금" },
  enlarge: { en: "enlarge", ko: "크게 보기" },
  back: { en: "back", ko: "되돌리기" },
  linkedHint: {
    en: "Point at a map to read one place in all of them; click to enlarge.",
    ko: "맵을 가리키면 모든 맵에서 같은 자리를 읽고, 누르면 크게 봅니다.",
  },
  linkedPlace: { en: "row {row}, column {column}", ko: "{row}행 {column}열" },
  linkedBlocks: {
    en: "(means of {side}×{side} pixels)",
    ko: "({side}×{side} 화소의 평균)",
  },
  shown: { en: "{shown} of {all}", ko: "{all}개 중 {shown}개" },
  confusion: { en: "Confusion matrix", ko: "혼동 행렬" },
  truth: { en: "truth", ko: "정답" },
  answer: { en: "answer", ko: "예측" },
  right: { en: "right", ko: "맞음" },
  altConfusion: {
    en: "{total} examples of {classes} classes, rows the truth, columns the answers; {share} on the diagonal are right.",
    ko: "{classes}개 부류의 예 {total}개. 행은 정답, 열은 예측이며, 대각선의 {share}가 맞았다.",
  },
  altConfused: {
    en: "Most often confused: {truth} taken for {answer}.",
    ko: "가장 자주 헷갈린 것: {truth} → {answer}.",
  },
  altFilters: {
    en: "Filters over red, green and blue as colours; grey is zero.",
    ko: "빨강, 초록, 파랑에 대한 필터를 색으로 나타냈다. 회색은 0이다.",
  },
  costs: { en: "What each layer costs", ko: "층마다 드는 비용" },
  share: { en: "share", ko: "몫" },
  parameters: { en: "parameters", ko: "매개변수" },
  macs: { en: "multiply-adds", ko: "곱셈-덧셈" },
  memoryBytes: { en: "memory", ko: "메모리" },
  million: { en: "{value} million", ko: "{value}만" },
  billion: { en: "{value} billion", ko: "{value}억" },
  altCosts: { en: "What each layer costs.", ko: "층마다 드는 비용." },
  altCost: { en: "{name}, {total} in all: {layers}.", ko: "{name}, 모두 {total}: {layers}." },
  kernelTitle: { en: "A kernel", ko: "커널" },
  altKernel: {
    en: "A kernel of {shape} numbers from {low} to {high}, which sum to {sum}: as a grid of colours and as heights.",
    ko: "{low}부터 {high}까지의 수 {shape}개로 된 커널, 합은 {sum}. 색의 격자와 높이로 그렸다.",
  },
  live: { en: "Training", ko: "학습" },
  loss: { en: "loss", ko: "손실" },
  accuracy: { en: "accuracy", ko: "정확도" },
  receptiveField: { en: "What a unit sees", ko: "유닛이 보는 곳" },
  layer: { en: "layer", ko: "층" },
  sees: {
    en: "{name}, unit {row}, {column}: it sees {size} pixels, rows {top} to {bottom}, columns {left} to {right}.",
    ko: "{name}, 유닛 {row}, {column}: {top}~{bottom}행, {left}~{right}열의 {size} 화소를 본다.",
  },
  inside: {
    en: "{inside} % of them lie inside the picture.",
    ko: "그 가운데 {inside} %가 그림 안에 있다.",
  },
  fieldKeys: {
    en: "The picture; arrow keys move from unit to unit.",
    ko: "그림. 화살표 키로 유닛을 옮긴다.",
  },
  altField: {
    en: "A picture of {shape} pixels with the window of one unit outlined.",
    ko: "{shape} 화소의 그림과 유닛 하나가 보는 창의 테두리.",
  },
  classActivation: { en: "Class activation map", ko: "클래스 활성화 맵" },
  strength: { en: "strength", ko: "세기" },
  mapHint: { en: "Point at the picture to read the map.", ko: "그림을 가리키면 맵의 값을 읽는다." },
  mapPlace: {
    en: "row {row}, column {column}: {value}",
    ko: "{row}행 {column}열: {value}",
  },
  altMap: {
    en: "A {map} map from {low} to {high} laid over a picture of {picture} pixels; the strongest place is around row {row}, column {column}.",
    ko: "{low}부터 {high}까지의 {map} 맵을 {picture} 화소의 그림에 겹쳤다. 가장 센 곳은 {row}행 {column}열 부근이다.",
  },
  slide: { en: "A window moves over the input", ko: "입력 위를 움직이는 창" },
  surface: { en: "The picture as a landscape", ko: "지형으로 본 그림" },
  step: { en: "step", ko: "단계" },
  altGrey: {
    en: "A grey picture of {shape} pixels, from {low} to {high}.",
    ko: "{shape} 화소의 흑백 그림, 값은 {low}부터 {high}까지.",
  },
  altColour: { en: "A colour picture of {shape} pixels.", ko: "{shape} 화소의 컬러 그림." },
  altValues: {
    en: "A grid of {shape} values from {low} to {high}; the largest is at row {row}, column {column}.",
    ko: "{low}부터 {high}까지의 값 {shape}개의 격자. 가장 큰 값은 {row}행 {column}열에 있다.",
  },
  altNotFinite: {
    en: "Not finite numbers (NaN or ∞) among them: {count}.",
    ko: "그 가운데 유한한 수가 아닌 것(NaN이나 ∞): {count}개.",
  },
  altSlide: {
    en: "A kernel of {kernel} moves over an input of {input} and makes an output of {output}. At {place}: {sum}",
    ko: "{kernel} 커널이 {input} 입력 위를 움직여 {output} 출력을 만든다. {place}: {sum}",
  },
  altSpread: {
    en: "Each value of an input of {input}, times a kernel of {kernel}, is added to an output of {output}. At {place}: {sum}",
    ko: "{input} 입력의 값마다 {kernel} 커널을 곱해 {output} 출력에 더한다. {place}: {sum}",
  },
  spread: {
    en: "Each input value spreads over the output",
    ko: "출력 위로 퍼지는 입력값",
  },
  altLine: {
    en: "{name}: from {first} to {last}, lowest {low}, highest {high}.",
    ko: "{name}: {first}에서 {last}까지, 최소 {low}, 최대 {high}.",
  },
  altLines: { en: "Lines of {y} over {x}. {series}", ko: "{x}에 따른 {y}의 선 그래프. {series}" },
  altBars: { en: "Bars of {y}: {bars}.", ko: "{y}의 막대 그래프: {bars}." },
  altSurface: {
    en: "{shape} values drawn as heights, from {low} to {high}; steep slopes are edges.",
    ko: "값 {shape}개를 높이로 그린 것, {low}부터 {high}까지. 가파른 곳이 윤곽선이다.",
  },
} as const satisfies Record<string, Text>;

/** One of the words above, in the current language, with `{name}` replaced by the values given. */
export function word(
  key: keyof typeof WORDS,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const texts = Object.fromEntries(Object.entries(values).map(([k, v]) => [k, String(v)]));
  return say(WORDS[key], texts);
}
