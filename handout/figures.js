// Draws the figures of a handout: Plotly and the figures' data are packed in the page itself. Until a figure is
// drawn, and in print, its still picture stands in its place.
(async () => {
  const root = document.documentElement;
  const words = document.getElementById("chapter").dataset;

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

  /** The bands of a figure's height that hold pictures, from below: where they lie, and how much of it they need. */
  function pictureBands(layout, inner, available) {
    const { l = 80, r = 80 } = layout.margin ?? {};
    const bands = [];
    const axes = Object.values(layout).filter((axis) => axis?.scaleanchor && axis.range);
    for (const { scaleanchor, range: rows, domain: [from, to] = [0, 1] } of axes) {
      const across = layout[scaleanchor.replace(/^x/, "xaxis")] ?? {};
      const { range: columns, domain: [left, right] = [0, 1] } = across;
      // Cells are square: what is narrow is low as well.
      const cell = ((available - l - r) * (right - left)) / Math.abs(columns[1] - columns[0]);
      const share = (cell * Math.abs(rows[1] - rows[0]) + 2) / ((to - from) * inner);
      bands.push({ from, to, share: Math.min(1, share) });
    }
    bands.sort((one, other) => one.from - other.from);
    const merged = [];
    for (const band of bands) {
      const last = merged.at(-1);
      if (!last || band.from >= last.to) merged.push(band);
      else {
        last.to = Math.max(last.to, band.to);
        last.share = Math.max(last.share, band.share);
      }
    }
    return merged;
  }

  /** What makes a figure of pictures as low as they are at this width; the writing around them keeps its height. */
  function fitted(layout, available) {
    const height = layout.height ?? 420;
    const { t = 100, b = 80 } = layout.margin ?? {};
    const inner = height - t - b;
    const bands = inner > 0 && available > 0 ? pictureBands(layout, inner, available) : [];
    if (bands.length === 0) return { autosize: true, height };
    // The height below y, of a whole of 1 before.
    const below = (y) =>
      bands.reduce((sum, { from, to, share }) => {
        const covered = Math.max(0, Math.min(y, to) - from);
        return sum - covered * (1 - share);
      }, y);
    const whole = below(1);
    const changes = { autosize: true, height: Math.round(height - inner * (1 - whole)) };
    for (const [name, axis] of Object.entries(layout)) {
      if (!name.startsWith("yaxis")) continue;
      const { domain = [0, 1] } = axis;
      changes[`${name}.domain`] = domain.map((y) => Math.min(1, below(y) / whole));
    }
    (layout.annotations ?? []).forEach(({ yref, y }, i) => {
      if (yref === "paper") changes[`annotations[${i}].y`] = below(y) / whole;
    });
    return changes;
  }

  /** The size for the width there is: a figure made wider is drawn narrower, and less than so much lower. */
  function sizeFor(layout, available) {
    if (!layout.width) return fitted(layout, available);
    const height = layout.height ?? 420;
    const scale = Math.min(1, available / layout.width);
    return {
      autosize: false,
      width: Math.floor(layout.width * scale),
      height: Math.round(height * (0.35 + 0.65 * scale)),
    };
  }

  /** A layout with changes such as `{ height: 300, "yaxis2.domain": [0, 1] }` made. */
  function changed(layout, changes) {
    const made = structuredClone(layout);
    for (const [path, value] of Object.entries(changes)) {
      const names = path.split(/[.[\]]+/).filter(Boolean);
      const last = names.pop();
      names.reduce((part, name) => part[name], made)[last] = value;
    }
    return made;
  }

  const isPlay = (menu) => menu.buttons?.some(({ method }) => method === "animate");

  /** How long a step of the figure's own play button lasts, in milliseconds. */
  function stepTime(menus) {
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
  function control(Plotly, live, slider, time) {
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

    range.setAttribute(
      "aria-label",
      (currentvalue.prefix ?? slider.name ?? "").trim() || words.step,
    );
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
  function withoutControls(layout) {
    const { sliders = [], updatemenus = [], ...rest } = layout;
    const controls = sliders.length * 65 + (updatemenus.some(isPlay) ? 50 : 0);
    const room = Math.min(controls, (rest.margin?.b ?? 0) - 14);
    if (room > 0) {
      rest.margin = { ...rest.margin, b: rest.margin.b - room };
      if (rest.height) rest.height -= room;
    }
    return { ...rest, updatemenus: updatemenus.filter((menu) => !isPlay(menu)) };
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
