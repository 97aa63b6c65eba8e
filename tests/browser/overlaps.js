// Texts of different blocks that cover each other: pairs of texts. What has a place of its own in
// the window counts where it cannot be scrolled out of the way: above at the top, below at the end,
// where the page may have been scrolled to.
() => {
  const style = new Map(), seen = new Map();
  const styled = one => { if (!style.has(one)) style.set(one, getComputedStyle(one)); return style.get(one); };
  const visible = one => { if (!seen.has(one)) seen.set(one, one.checkVisibility({ visibilityProperty: true, opacityProperty: true })); return seen.get(one); };
  const outwards = function* (one) { for (; one && one !== document.documentElement; one = one.parentElement) yield one; };
  const block = one => [...outwards(one)].find(up => !/^(inline|contents|ruby)/u.test(styled(up).display)) ?? document.body;
  const has = (one, position) => [...outwards(one)].some(up => styled(up).position === position);
  const atEnd = scrollY > 0;
  const clipped = (box, one) => {
    let { left, top, right, bottom } = box;
    for (const up of outwards(one)) {
      if (styled(up).overflowX === "visible" && styled(up).overflowY === "visible") continue;
      const frame = up.getBoundingClientRect();
      left = Math.max(left, frame.left); right = Math.min(right, frame.right);
      top = Math.max(top, frame.top); bottom = Math.min(bottom, frame.bottom);
    }
    return { left, top, right, bottom };
  };
  const boxes = [];
  const add = (rects, one, text) => {
    if (atEnd && has(one, "sticky")) return;
    const home = block(one), isFixed = has(one, "fixed");
    for (const rect of rects) {
      const { left, top, right, bottom } = clipped(rect, one), inset = (bottom - top) * 0.2;
      if (right - left < 2 || bottom - top < 2) continue;
      if (right + scrollX <= 0) continue;
      boxes.push({ left, right, top: top + inset, bottom: bottom - inset, home, isFixed, text: text.trim().slice(0, 30) });
    }
  };
  const range = document.createRange();
  const read = one => {
    if (/^(script|style|template|dialog)$/iu.test(one.tagName) || !visible(one)) return;
    if (/^(svg|img)$/iu.test(one.tagName)) { add([one.getBoundingClientRect()], one, `<${one.tagName}>`); return; }
    for (const node of one.childNodes)
      if (node.nodeType === Node.ELEMENT_NODE) read(node);
      else if (node.nodeType === Node.TEXT_NODE && node.data.trim()) { range.selectNodeContents(node); add(range.getClientRects(), one, node.data); }
  };
  read(document.body);
  const counts = one => !one.isFixed || (atEnd ? one.bottom > innerHeight / 2 : one.top < innerHeight / 2);
  const found = [], open = [];
  for (const one of boxes.filter(counts).sort((a, b) => a.top - b.top)) {
    for (let n = open.length - 1; n >= 0; n -= 1) if (open[n].bottom <= one.top + 1) open.splice(n, 1);
    for (const other of open)
      if (other.home !== one.home && Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2
        && Math.min(one.bottom, other.bottom) - one.top > 1) found.push([other.text, one.text]);
    open.push(one);
  }
  return found;
}
