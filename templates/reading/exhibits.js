// Exhibits can be enlarged, copied, and saved as data or drawing.
{
  const tools = document.getElementById("exhibit-tools").content.firstElementChild;
  const large = document.getElementById("large").content.firstElementChild.cloneNode(true);
  const drawn = exhibit => exhibit.querySelector(".drawn svg"), image = exhibit => exhibit.querySelector(":scope > img");
  const text = element => element.textContent.replace(/\s+/gu, " ").trim();
  const tables = exhibit => [...exhibit.querySelectorAll("table.data")];
  // As printed: a value without its unit, or without the words around it, says something else.
  const cell = one => text(one).replace(/^–$/u, "");
  const grid = table => {
    const unit = table.closest("figure").querySelector(".unit")?.textContent.split(/：|: /u).at(-1);
    const rows = [...table.rows], filled = rows.map(() => []);
    rows.forEach((row, y) => [...row.cells].forEach(one => {
      let x = 0;
      while (filled[y][x] !== undefined) x += 1;
      for (let down = 0; down < one.rowSpan; down += 1)
        for (let right = 0; right < one.colSpan; right += 1) if (filled[y + down]) filled[y + down][x + right] = right ? "" : cell(one);
      if (unit && one.tagName === "TH" && one.classList.contains("n")) filled[y][x] += ` (${unit})`;
    }));
    return filled;
  };
  // Spreadsheets take a text that begins like a formula for one.
  const safe = one => /^([=@\t]|[-+](?![\d.]))/u.test(one) ? `'${one}` : one;
  const quoted = one => /[",\n]/u.test(one) ? `"${one.replaceAll('"', '""')}"` : one;
  const csv = exhibit => tables(exhibit).map(table => grid(table).map(row => row.map(safe).map(quoted).join(",")).join("\r\n")).join("\r\n\r\n");
  const svg = exhibit => {
    const drawing = drawn(exhibit).cloneNode(true);
    for (const one of [drawing, ...drawing.querySelectorAll("*")])
      for (const { name, value } of [...one.attributes])
        if (name === "data-from") one.removeAttribute(name);
        else if (value.includes("var(--c-")) one.setAttribute(name, value.replace(/var\(--c-[0-9a-f]{6}, (#[0-9a-f]{6})\)/gu, "$1"));
    return new XMLSerializer().serializeToString(drawing);
  };
  const fetched = (download, href) => Object.assign(document.createElement("a"), { download, href }).click();
  const save = (name, type, content) => {
    const address = URL.createObjectURL(new Blob(content, { type }));
    fetched(name, address);
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };
  const picture = async exhibit => {
    const shown = new Image(), scale = drawn(exhibit) ? 3 : 1;
    shown.src = image(exhibit)?.src ?? `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg(exhibit))}`;
    await shown.decode();
    const { width, height } = drawn(exhibit)?.viewBox.baseVal ?? { width: shown.naturalWidth, height: shown.naturalHeight };
    const canvas = Object.assign(document.createElement("canvas"), { width: width * scale, height: height * scale });
    const context = canvas.getContext("2d");
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(shown, 0, 0, canvas.width, canvas.height);
    return new Promise(resolve => canvas.toBlob(resolve, "image/png"));
  };
  const plain = element => {  // a copy without what only works where it stands
    const copied = element.cloneNode(true);
    for (const one of [copied, ...copied.querySelectorAll("[id]")]) one.removeAttribute("id");
    for (const one of copied.querySelectorAll("[aria-sort]")) one.removeAttribute("aria-sort");
    for (const one of copied.querySelectorAll(".exhibit-tools")) one.remove();
    for (const one of copied.querySelectorAll("button.sort")) one.replaceWith(...one.childNodes);
    return copied;
  };
  const copy = async exhibit => {
    const items = {};
    if (drawn(exhibit) || image(exhibit)) items["image/png"] = await picture(exhibit);
    else {
      const lines = tables(exhibit).map(table => grid(table).map(row => row.join("\t")).join("\n")).join("\n\n");
      items["text/plain"] = new Blob([lines], { type: "text/plain" });
      items["text/html"] = new Blob([tables(exhibit).map(table => plain(table).outerHTML).join("")], { type: "text/html" });
    }
    await navigator.clipboard.write([new ClipboardItem(items)]);
  };
  const say = (button, what) => {
    const before = button.dataset.label ??= button.textContent;
    button.textContent = what;
    button.setAttribute("aria-live", "polite");
    setTimeout(() => { button.textContent = before; }, 1600);
  };
  const does = {
    enlarge: exhibit => {
      large.querySelector(".within").replaceChildren(plain(exhibit));
      large.setAttribute("aria-label", text(exhibit.querySelector("figcaption")));
      large.showModal();
    },
    copy: (exhibit, button) => copy(exhibit).then(() => say(button, button.dataset.done), () => say(button, button.dataset.failed)),
    csv: exhibit => save(`${exhibit.id}.csv`, "text/csv", ["\ufeff", csv(exhibit)]),
    svg: exhibit => save(`${exhibit.id}.svg`, "image/svg+xml", [svg(exhibit)]),
    image: exhibit => {
      const { src } = image(exhibit), [, kind] = /^data:image\/(\w+)/u.exec(src);
      fetched(`${exhibit.id}.${kind}`, src);
    },
  };
  const prepare = () => {
    for (const exhibit of document.querySelectorAll("figure.exhibit:not(:has(.exhibit-tools))")) {
      const bar = tools.cloneNode(true);
      bar.setAttribute("aria-label", text(exhibit.querySelector("figcaption")));
      if (!drawn(exhibit)) bar.querySelector("[data-do=svg]").remove();
      if (!tables(exhibit).length) bar.querySelector("[data-do=csv]").remove();
      if (!image(exhibit)) bar.querySelector("[data-do=image]").remove();
      bar.addEventListener("click", event => { const button = event.target.closest("button"); if (button) does[button.dataset.do](exhibit, button); });
      exhibit.querySelector("figcaption").after(bar);
    }
  };
  prepare();
  document.addEventListener("briefgen:changed", prepare);
  large.addEventListener("close", () => large.querySelector(".within").replaceChildren());
  large.addEventListener("click", event => { if (event.target === large) large.close(); });
  document.body.append(large);
}
