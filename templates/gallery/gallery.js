// The gallery: what is written can be copied, and entries can be looked for.
{
  const tool = document.getElementById("copy-tool").content.firstElementChild;
  for (const snippet of document.querySelectorAll(".snippet")) {
    const button = tool.cloneNode(true), before = button.textContent;
    const say = what => { button.textContent = what; setTimeout(() => { button.textContent = before; }, 1600); };
    button.setAttribute("aria-label", `${before} ${snippet.querySelector("summary").textContent.trim()}`);
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => navigator.clipboard.writeText(snippet.querySelector("pre").textContent)
      .then(() => say(button.dataset.done), () => say(button.dataset.failed)));
    snippet.after(button);
    const holder = document.createElement("div");
    holder.className = "copied";
    snippet.before(holder);
    holder.append(snippet, button);
  }
  const form = document.querySelector(".finder"), input = form.querySelector("input"), told = form.querySelector("output");
  const plain = text => text.normalize("NFKC").toLowerCase();
  const entries = [...document.querySelectorAll(".entry")].map(one => ({
    one, text: plain(one.dataset.text), link: document.querySelector(`.contents a[href="#${one.id}"]`).parentElement,
  }));
  const show = () => {
    const words = plain(input.value).split(/\s+/u).filter(Boolean);
    let shown = 0;
    for (const { one, text, link } of entries) {
      one.hidden = link.hidden = !words.every(word => text.includes(word));
      shown += !one.hidden;
    }
    for (const family of document.querySelectorAll(".family")) {
      family.hidden = !family.querySelector(".entry:not([hidden])");
      const heading = document.querySelector(`.contents a[href="#${family.id}"]`).parentElement;
      heading.hidden = heading.nextElementSibling.hidden = family.hidden;
    }
    document.querySelector(".nothing").hidden = shown > 0;
    told.textContent = told.dataset.text.replace("%s", shown).replace("%a", entries.length);
  };
  form.addEventListener("submit", event => event.preventDefault());
  input.addEventListener("input", show);
  addEventListener("hashchange", () => { if (document.querySelector(location.hash || null)?.closest("[hidden]")) { input.value = ""; show(); } });
  form.hidden = false;
  show();
}
