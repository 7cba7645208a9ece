// Draws the figures of a handout: Plotly and the figures' data are packed in the page itself. Until a figure is
// drawn, and in print, its still picture stands in its place.
(async () => {
  const root = document.documentElement;

  async function unpack(id) {
    const packed = atob(document.getElementById(id).textContent.trim());
    const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  }

  const figures = JSON.parse(await unpack("convlab-figures"));

  let plotly;
  function loadPlotly() {
    plotly ??= unpack("convlab-plotly").then((source) => {
      const script = document.createElement("script");
      script.textContent = source;
      document.head.append(script);
      script.remove();
      return window.Plotly;
    });
    return plotly;
  }

  const themes = {
    light: { ink: "#1f2328", faint: "#57606a", line: "#d0d7de", paper: "#ffffff" },
    dark: { ink: "#e6e9ef", faint: "#a4acb9", line: "#3a414d", paper: "#191d24" },
  };

  /** What the page's theme says where the figure itself says nothing. */
  function template() {
    const { ink, faint, line, paper } = themes[root.dataset.theme] ?? themes.light;
    const axis = {
      color: faint,
      gridcolor: line,
      linecolor: line,
      zerolinecolor: faint,
      tickcolor: line,
    };
    const scene = { ...axis, backgroundcolor: paper, showbackground: false };
    return {
      layout: {
        paper_bgcolor: "rgba(0,0,0,0)",
        plot_bgcolor: "rgba(0,0,0,0)",
        font: { color: ink, family: getComputedStyle(document.body).fontFamily },
        colorway: ["#2f7fc2", "#e07b1f", "#2a9d6f", "#8a63b8", "#c44e6b", "#7a7f87"],
        hoverlabel: { bgcolor: paper, bordercolor: line, font: { color: ink } },
        xaxis: axis,
        yaxis: axis,
        scene: { xaxis: scene, yaxis: scene, zaxis: scene },
      },
    };
  }

  /** The figure fitted to the width there is: narrower and as much lower, never wider. */
  function fitted(layout, width) {
    if (!layout.width) return { autosize: true, height: layout.height ?? 420 };
    const scale = Math.min(1, width / layout.width);
    const height = layout.height ?? 420;
    return {
      autosize: false,
      width: Math.floor(layout.width * scale),
      height: Math.round(height * (scale + (1 - scale) * 0.35)),
    };
  }

  function themed(layout) {
    const merged = { ...layout, template: template() };
    for (const [axis, value] of Object.entries(layout)) {
      if (/^[xy]axis\d*$/.test(axis)) merged[axis] = { ...value };
    }
    return merged;
  }

  async function draw(element) {
    const Plotly = await loadPlotly();
    const { data = [], layout = {}, frames, config } = figures[Number(element.dataset.figure)];
    const live = element.querySelector(".live");
    const still = element.querySelector(".still");
    live.hidden = false;
    const width = element.clientWidth;
    await Plotly.newPlot(live, {
      data,
      layout: { ...themed(layout), ...fitted(layout, width) },
      frames,
      config: { responsive: !layout.width, displaylogo: false, ...config },
    });
    const alt = still.querySelector("img")?.alt;
    if (alt) {
      live.setAttribute("role", "group");
      live.setAttribute("aria-label", alt);
    }
    element.classList.add("drawn");
    element.dispatchEvent(new CustomEvent("convlab-drawn", { bubbles: true }));
  }

  const started = new WeakSet();
  const start = (element) => {
    if (started.has(element)) return;
    started.add(element);
    draw(element).catch((error) => {
      // The still picture stays.
      element.querySelector(".live").hidden = true;
      element.classList.remove("drawn");
      console.error(error);
    });
  };

  const elements = [...document.querySelectorAll("figure.plot")];
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) start(target);
    },
    { rootMargin: "800px 0px" },
  );
  for (const element of elements) near.observe(element);

  addEventListener("convlab-theme", async () => {
    const Plotly = await plotly;
    for (const element of elements) {
      if (element.classList.contains("drawn")) {
        Plotly.relayout(element.querySelector(".live"), { template: template() });
      }
    }
  });

  let waiting;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const Plotly = await plotly;
      for (const element of elements) {
        const { layout = {} } = figures[Number(element.dataset.figure)];
        if (!layout.width || !element.classList.contains("drawn")) continue;
        Plotly.relayout(element.querySelector(".live"), fitted(layout, element.clientWidth));
      }
    }, 150);
  });
})();
