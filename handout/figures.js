// Draws the figures of a handout: Plotly and the figures' data are packed in the page itself. Until a figure is
// drawn, and in print, its still picture stands in its place.
import { control, isPlay, stepTime, withoutControls } from "./figure-controls.js";
import { changed, sizeFor } from "./figure-size.js";

(async () => {
  const root = document.documentElement;

  async function unpack(id) {
    const packed = atob(document.getElementById(id).textContent.trim());
    const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  }

  const figures = JSON.parse(await unpack("convlab-figures"));
  const figureOf = (element) => figures[Number(element.dataset.figure)];

  let loading;
  function loadPlotly() {
    loading ??= unpack("convlab-plotly").then((source) => {
      const script = document.createElement("script");
      script.textContent = source;
      document.head.append(script);
      script.remove();
      return window.Plotly;
    });
    return loading;
  }

  const themes = {
    light: { ink: "#1f2328", faint: "#57606a", line: "#d0d7de", paper: "#ffffff" },
    dark: { ink: "#e6e9ef", faint: "#a4acb9", line: "#3a414d", paper: "#1d2128" },
  };

  /** What the page's theme says where the figure itself says nothing. */
  function template() {
    const { ink, faint, line, paper } = themes[root.dataset.theme] ?? themes.light;
    const axis = {
      color: faint,
      gridcolor: line,
      linecolor: line,
      tickcolor: line,
      zerolinecolor: faint,
    };
    const space = { ...axis, showbackground: false };
    return {
      layout: {
        paper_bgcolor: "rgba(0,0,0,0)",
        plot_bgcolor: "rgba(0,0,0,0)",
        font: { color: ink, family: getComputedStyle(document.body).fontFamily },
        colorway: ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"],
        hoverlabel: { bgcolor: paper, bordercolor: line, font: { color: ink } },
        modebar: { bgcolor: "rgba(0,0,0,0)", color: faint, activecolor: ink },
        xaxis: axis,
        yaxis: axis,
        scene: { xaxis: space, yaxis: space, zaxis: space },
      },
    };
  }

  async function draw(element) {
    const Plotly = await loadPlotly();
    const { data = [], layout = {}, frames = [], config } = figureOf(element);
    const { sliders = [], updatemenus = [] } = layout;
    const plays = updatemenus.some(isPlay);
    const rest = withoutControls(layout);
    const live = element.querySelector(".live");
    const alt = element.querySelector(".still img")?.alt;
    live.hidden = false;
    await Plotly.newPlot(live, {
      data,
      layout: { ...changed(rest, sizeFor(rest, element.clientWidth)), template: template() },
      frames,
      config: { responsive: true, displaylogo: false, ...config },
    });
    if (alt) {
      live.setAttribute("role", "group");
      live.setAttribute("aria-label", alt);
    }
    for (const [index, slider] of sliders.entries()) {
      const time = plays && index === 0 ? stepTime(updatemenus) : 0;
      element.append(control(Plotly, live, slider, time));
    }
    element.classList.add("drawn");
  }

  const started = new WeakSet();
  function start(element) {
    if (started.has(element)) return;
    started.add(element);
    draw(element).catch((error) => {
      // The still picture stays.
      element.querySelector(".live").hidden = true;
      element.classList.remove("drawn");
      console.error(error);
    });
  }

  const elements = [...document.querySelectorAll("figure.plot")];
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) start(target);
    },
    { rootMargin: "800px 0px" },
  );
  for (const element of elements) near.observe(element);

  async function relayoutAll(changes) {
    const Plotly = await loading;
    for (const element of document.querySelectorAll("figure.plot.drawn")) {
      const wanted = changes(element);
      if (wanted) Plotly.relayout(element.querySelector(".live"), wanted);
    }
  }

  addEventListener("convlab-theme", () => relayoutAll(() => ({ template: template() })));

  let waiting;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(
      () =>
        relayoutAll((element) =>
          sizeFor(withoutControls(figureOf(element).layout ?? {}), element.clientWidth),
        ),
      150,
    );
  });
})();
