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
  map: { en: "map {index}", ko: "맵 {index}" },
  filter: { en: "filter {index}", ko: "필터 {index}" },
  picture: { en: "Picture", ko: "그림" },
  pictures: { en: "Pictures", ko: "그림들" },
  filters: { en: "Filter bank", ko: "필터 모음" },
  activations: { en: "Feature maps", ko: "특징 맵" },
  shown: { en: "{shown} of {all}", ko: "{all}개 중 {shown}개" },
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
  altSlide: {
    en: "A {kernel} kernel moves over a {input} input and makes a {output} output. At output row {row}, column {column}: {sum}",
    ko: "{kernel} 커널이 {input} 입력 위를 움직여 {output} 출력을 만든다. 출력 {row}행 {column}열: {sum}",
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
