// Search and filters over the list as it stands in the page; the address keeps what was chosen.
(() => {
  "use strict";
  const form = document.getElementById("filter");
  const entries = [...document.querySelectorAll(".entry")];
  if (!entries.length) return;
  const months = [...document.querySelectorAll(".month")];
  const tally = document.getElementById("tally");
  const nothing = document.getElementById("nothing");
  const reset = form.querySelector("button");
  const facets = [...form.querySelectorAll("[data-facet]")].map((box) => ({
    name: box.dataset.facet,
    choices: [...box.querySelectorAll("input")],
  }));
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const texts = new Map(entries.map((entry) => [entry, plain(entry.dataset.text)]));

  function wish() {
    const chosen = new Map(
      facets.map(({ name, choices }) => [name, choices.filter((c) => c.checked).map((c) => c.value)]),
    );
    const words = plain(form.elements.q.value).split(/\s+/).filter(Boolean);
    return { words, chosen, from: form.elements.from.value, to: form.elements.to.value };
  }

  // What an entry has of a facet: of tags any number, of the others one.
  const values = (entry, name) =>
    name === "tags" ? entry.dataset.tags.split(" ").filter(Boolean) : [entry.dataset[name]];

  // Whether an entry fits; the facet `without` is left out, so that its own counts can be told.
  function fits(entry, { words, chosen, from, to }, without) {
    const data = entry.dataset;
    return (
      words.every((word) => texts.get(entry).includes(word)) &&
      (!from || data.to >= from) &&
      (!to || data.from <= to) &&
      facets.every(({ name }) => {
        const wanted = chosen.get(name);
        return name === without || !wanted.length || values(entry, name).some((value) => wanted.includes(value));
      })
    );
  }

  function show() {
    const wanted = wish();
    let shown = 0;
    for (const entry of entries) {
      entry.hidden = !fits(entry, wanted);
      shown += !entry.hidden;
    }
    for (const month of months) month.hidden = !month.querySelector(".entry:not([hidden])");
    for (const { name, choices } of facets) {
      const counts = new Map();
      for (const entry of entries) {
        if (!fits(entry, wanted, name)) continue;
        for (const value of values(entry, name)) counts.set(value, (counts.get(value) || 0) + 1);
      }
      for (const choice of choices) {
        const item = choice.closest("li");
        const count = counts.get(choice.value) || 0;
        item.querySelector("small").textContent = count;
        item.classList.toggle("empty", !count);
      }
    }
    nothing.hidden = shown > 0;
    tally.textContent = tally.dataset.text.replace("%s", shown).replace("%a", entries.length);
    keep(wanted);
  }

  function keep({ words, chosen, from, to }) {
    const kept = new URLSearchParams();
    if (words.length) kept.set("q", form.elements.q.value);
    for (const [name, values] of chosen) for (const value of values) kept.append(name, value);
    if (from) kept.set("from", from);
    if (to) kept.set("to", to);
    reset.disabled = !kept.size;
    if (location.hash.slice(1) === String(kept)) return;
    try {
      history.replaceState(null, "", kept.size ? `#${kept}` : location.pathname + location.search);
    } catch {
      // Some viewers of files have no history; the list is filtered all the same.
    }
  }

  function restore() {
    const kept = new URLSearchParams(location.hash.slice(1));
    for (const name of ["q", "from", "to"]) form.elements[name].value = kept.get(name) || "";
    for (const { name, choices } of facets) {
      const values = kept.getAll(name);
      for (const choice of choices) choice.checked = values.includes(choice.value);
    }
    show();
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  window.addEventListener("hashchange", restore);
  if (window.matchMedia("(max-width: 60rem)").matches) document.getElementById("facets").open = false;
  form.hidden = false;
  restore();
})();
