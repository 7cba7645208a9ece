// Light or dark: as the system has it, until the reader presses the button; kept for the next page.
(() => {
  const root = document.documentElement;
  const key = "convlab-theme";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let chosen = null;
  try {
    chosen = localStorage.getItem(key);
  } catch {
    // Files opened from disk may have no storage.
  }
  const apply = () => {
    const theme = chosen ?? (dark.matches ? "dark" : "light");
    if (root.dataset.theme === theme) return;
    root.dataset.theme = theme;
    dispatchEvent(new CustomEvent("convlab-theme"));
  };
  apply();
  dark.addEventListener("change", apply);
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("button.theme")) return;
    chosen = root.dataset.theme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem(key, chosen);
    } catch {
      // The choice then holds for this page only.
    }
    apply();
  });
})();
