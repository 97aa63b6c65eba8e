// Tables sort by a click on a head, and keep their head in view; wide ones scroll in a frame.
{
  const powers = { 万: 4, 亿: 8, 万亿: 12, k: 3, m: 6, bn: 9, tn: 12 };
  const text = cell => cell.textContent.trim().replace(/^–$/u, "");
  const number = cell => {
    const found = /^([-+−]?)([\d,]+(?:\.\d+)?)\s*(万亿|万|亿|tn|bn|m|k)?(?![A-Za-z])\s*(.*)$/su.exec(text(cell));
    if (!found) return null;
    const [, sign, digits, power, unit] = found;
    const size = Number(digits.replaceAll(",", "")) * 10 ** (powers[power] ?? 0);
    return { unit, value: /[-−]/u.test(sign) ? -size : size };
  };
  // Numbers of one unit are compared as numbers; all else as text, in which dates are in order too.
  const values = cells => {
    const filled = cells.filter(text), numbers = filled.map(number);
    const isNumeric = numbers.every(one => one !== null && one.unit === numbers[0].unit);
    return cells.map(cell => text(cell) === "" ? null : isNumeric ? number(cell).value : text(cell));
  };
  const order = (a, b) => typeof a === "number" ? a - b : a.localeCompare(b, document.documentElement.lang, { numeric: true });
  const sort = (table, column, direction) => {
    const cells = [...table.tBodies].flatMap(body => original.get(body)).filter(row => !row.classList.contains("group")).map(row => row.cells[column]);
    const found = values(cells), known = new Map(cells.map((cell, i) => [cell, found[i]]));
    for (const body of table.tBodies) {
      const rows = original.get(body).filter(row => !row.classList.contains("group"));
      const heads = original.get(body).filter(row => row.classList.contains("group"));
      const keyed = rows.map(row => [known.get(row.cells[column]), row]);
      if (direction) keyed.sort(([a], [b]) => a === null || b === null ? (a === null) - (b === null) : direction * order(a, b));
      body.append(...heads, ...keyed.map(([, row]) => row));
    }
  };
  const original = new WeakMap();
  const sortable = table => {
    const rows = [...table.tBodies].flatMap(body => [...body.rows]);
    return rows.length > 2 && !original.has(table.tBodies[0]) && !table.querySelector("tbody [rowspan]") && table.tHead?.rows.length === 1;
  };
  const prepare = () => {
    for (const table of document.querySelectorAll("table.data")) {
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
  };
  // What stands above a sticky head is as high as its text is long.
  const bar = document.querySelector(".banner");
  const measureBar = () => document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`);
  if (bar) new ResizeObserver(measureBar).observe(bar);
  // All are measured before any is changed, so that the page is laid out once.
  const watch = new ResizeObserver(entries => {
    const changed = entries.map(entry => entry.target);
    for (const frame of changed) frame.classList.remove("fits", "wide");
    const wide = changed.map(frame => frame.scrollWidth > frame.clientWidth + 1);
    changed.forEach((frame, i) => {
      frame.classList.add(wide[i] ? "wide" : "fits");
      if (wide[i]) frame.tabIndex = 0;
      else frame.removeAttribute("tabindex");
    });
  });
  const begin = () => {
    prepare();
    for (const frame of document.querySelectorAll(".scroll, .drawn")) watch.observe(frame);
  };
  begin();
  document.addEventListener("briefgen:changed", begin);
}
