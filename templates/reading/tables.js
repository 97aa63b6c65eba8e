// Tables sort by a click on a head, and keep their head in view; wide ones scroll in a frame.
{
  const value = cell => {
    const bound = cell.querySelectorAll("data");
    const text = bound.length === 1 ? bound[0].getAttribute("value") : cell.textContent.trim().replaceAll(",", "").replace("−", "-");
    return text === "" || text === "–" ? null : Number.isNaN(Number.parseFloat(text)) || !/^[-+]?[\d.]/u.test(text) ? text : Number.parseFloat(text);
  };
  const order = (a, b) => typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), document.documentElement.lang);
  const sort = (table, column, direction) => {
    for (const body of table.tBodies) {
      const rows = original.get(body).filter(row => !row.classList.contains("group"));
      const heads = original.get(body).filter(row => row.classList.contains("group"));
      const keyed = rows.map(row => [value(row.cells[column]), row]);
      if (direction) keyed.sort(([a], [b]) => a === null || b === null ? (a === null) - (b === null) : direction * order(a, b));
      body.append(...heads, ...keyed.map(([, row]) => row));
    }
  };
  const original = new WeakMap();
  const sortable = table => {
    const rows = [...table.tBodies].flatMap(body => [...body.rows]);
    return rows.length > 2 && !table.querySelector("tbody [rowspan]") && table.tHead?.rows.length === 1;
  };
  for (const table of document.querySelectorAll(".exhibit table.data")) {
    if (!sortable(table)) continue;
    for (const body of table.tBodies) original.set(body, [...body.rows]);
    [...table.tHead.rows[0].cells].forEach((head, column, all) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const next = { ascending: "descending", descending: null }[head.getAttribute("aria-sort")];
        const wanted = next === undefined ? "ascending" : next;
        for (const one of all) one.removeAttribute("aria-sort");
        if (wanted) head.setAttribute("aria-sort", wanted);
        sort(table, column, { ascending: 1, descending: -1 }[wanted] ?? 0);
      });
    });
  }
  const frames = [...document.querySelectorAll(".scroll, .drawn")];
  const measure = frame => {
    frame.classList.remove("fits", "wide");
    const isWide = frame.scrollWidth > frame.clientWidth + 1;
    frame.classList.add(isWide ? "wide" : "fits");
    frame.tabIndex = isWide ? 0 : -1;
    if (!isWide) frame.removeAttribute("tabindex");
  };
  const watch = new ResizeObserver(entries => entries.forEach(entry => measure(entry.target)));
  for (const frame of frames) watch.observe(frame);
}
