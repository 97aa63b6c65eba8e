// Dark or light: as the system has it, until the reader says otherwise.
{
  const button = document.getElementById("theme-tool").content.firstElementChild.cloneNode(true);
  const system = matchMedia("(prefers-color-scheme: dark)");
  const kept = { get: () => { try { return localStorage.getItem("briefgen.theme"); } catch { return null; } },
                 set: value => { try { localStorage.setItem("briefgen.theme", value); } catch { /* for this visit only */ } } };
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const tell = () => { button.textContent = isDark() ? button.dataset.light : button.dataset.dark; };
  if (["dark", "light"].includes(kept.get())) root.dataset.theme = kept.get();
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    kept.set(root.dataset.theme);
    tell();
  });
  system.addEventListener("change", tell);
  tell();
  document.querySelector(".tools").append(button);
}
