/** The sliders and the play button of a figure, which a page has of its own. */
const words = document.getElementById("chapter").dataset;

/** Whether a menu of the figure is its play button. */
export const isPlay = (menu) => menu.buttons?.some(({ method }) => method === "animate");

/** How long a step of the figure's own play button lasts, in milliseconds. */
export function stepTime(menus) {
  const options = menus
    .filter(isPlay)
    .flatMap(({ buttons }) => buttons.map(({ args }) => args?.[1]));
  return Math.max(...options.map((option) => option?.frame?.duration ?? 0), 0) || 600;
}

function button(onClick) {
  const element = document.createElement("button");
  element.type = "button";
  element.addEventListener("click", onClick);
  return element;
}

/**
 * The browser's own slider in place of Plotly's, which neither the keyboard nor readers' tools reach, with a button
 * that plays its steps where the figure has one.
 */
export function control(Plotly, live, slider, time) {
  const { steps = [], currentvalue = {} } = slider;
  const row = document.createElement("div");
  row.className = "control";
  const range = document.createElement("input");
  Object.assign(range, {
    type: "range",
    min: 0,
    max: steps.length - 1,
    value: slider.active ?? 0,
  });
  const value = document.createElement("output");

  const tell = () => {
    const label = steps[range.valueAsNumber]?.label ?? "";
    const { prefix = "", suffix = "" } = currentvalue;
    value.textContent = `${prefix}${label}${suffix}`;
    range.setAttribute("aria-valuetext", value.textContent);
  };
  const go = () => {
    tell();
    const { method = "restyle", args = [] } = steps[range.valueAsNumber] ?? {};
    if (method !== "skip") Plotly[method](live, ...args);
  };

  let timer;
  const play = button(() => {
    if (timer) return stop();
    if (range.valueAsNumber === steps.length - 1) range.value = -1;
    timer = setInterval(() => {
      range.value = range.valueAsNumber + 1;
      go();
      if (range.valueAsNumber === steps.length - 1) stop();
    }, time);
    show();
  });
  const show = () => {
    play.textContent = timer ? "❚❚" : "▶";
    play.setAttribute("aria-label", timer ? words.pause : words.play);
  };
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    show();
  };

  range.setAttribute("aria-label", (currentvalue.prefix ?? slider.name ?? "").trim() || words.step);
  range.addEventListener("input", () => {
    stop();
    go();
  });
  show();
  tell();
  row.append(...(time ? [play] : []), range, value);
  return row;
}

/** The layout without the sliders and the play button, nor the room that it keeps for them below. */
export function withoutControls(layout) {
  const { sliders = [], updatemenus = [], ...rest } = layout;
  const controls = sliders.length * 65 + (updatemenus.some(isPlay) ? 50 : 0);
  const room = Math.min(controls, (rest.margin?.b ?? 0) - 14);
  if (room > 0) {
    rest.margin = { ...rest.margin, b: rest.margin.b - room };
    if (rest.height) rest.height -= room;
  }
  return { ...rest, updatemenus: updatemenus.filter((menu) => !isPlay(menu)) };
}
