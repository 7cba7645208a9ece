/** The few words of a handout that are not the chapter's own. */
export interface Words {
  course: string;
  intro: string;
  contents: string;
  previous: string;
  next: string;
  allChapters: string;
  otherLanguage: string;
  theme: string;
  skip: string;
  notMade: string;
  play: string;
  pause: string;
  step: string;
}

const english: Words = {
  course: "Convolutional networks, hands on",
  intro:
    "Each chapter is one file: it opens without a network, moves under your fingers, and prints.",
  contents: "Contents",
  previous: "Previous",
  next: "Next",
  allChapters: "All chapters",
  otherLanguage: "English",
  theme: "Light or dark",
  skip: "Skip to the chapter",
  notMade: "not made yet",
  play: "Play",
  pause: "Pause",
  step: "Step",
};

const korean: Words = {
  course: "손으로 익히는 합성곱 신경망",
  intro: "장마다 파일 하나입니다. 네트워크 없이 열리고, 손끝에서 움직이며, 인쇄할 수 있습니다.",
  contents: "차례",
  previous: "이전",
  next: "다음",
  allChapters: "모든 장",
  otherLanguage: "한국어",
  theme: "밝게 또는 어둡게",
  skip: "본문으로 건너뛰기",
  notMade: "아직 만들지 않음",
  play: "재생",
  pause: "멈춤",
  step: "단계",
};

/** The words for a language; English where we have none. */
export function wordsIn(language: string): Words {
  return language === "ko" ? korean : english;
}
