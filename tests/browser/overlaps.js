// Texts of different blocks that cover each other: pairs of texts. What has a place of its own in
// the window counts where it cannot be scrolled out of the way: above at the top, below at the end,
// where the page may have been scrolled to.
() => {
  const atEnd = scrollY > 0;
  const boxes = [];
  const add = (rects, { home, isFixed, isSticky, frame }, text) => {
    if (atEnd && isSticky) return;
    for (const rect of rects) {
      const left = Math.max(rect.left, frame.left), right = Math.min(rect.right, frame.right);
      const top = Math.max(rect.top, frame.top), bottom = Math.min(rect.bottom, frame.bottom);
      const inset = (bottom - top) * 0.2;
      if (right - left < 2 || bottom - top < 2) continue;
      if (right + scrollX <= 0) continue;
      boxes.push({ left, right, top: top + inset, bottom: bottom - inset, home, isFixed, text: text.trim().slice(0, 30) });
    }
  };
  const cut = (frame, box) => ({
    left: Math.max(frame.left, box.left), right: Math.min(frame.right, box.right),
    top: Math.max(frame.top, box.top), bottom: Math.min(frame.bottom, box.bottom),
  });
  const inside = (one, around) => {
    const { display, position, overflowX, overflowY } = getComputedStyle(one);
    return {
      home: /^(inline|contents|ruby)/u.test(display) ? around.home : one,
      isFixed: around.isFixed || position === "fixed",
      isSticky: around.isSticky || position === "sticky",
      frame: overflowX === "visible" && overflowY === "visible" ? around.frame : cut(around.frame, one.getBoundingClientRect()),
    };
  };
  const range = document.createRange();
  const read = (one, around) => {
    if (/^(script|style|template|dialog)$/iu.test(one.tagName)) return;
    if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return;
    const place = inside(one, around);
    if (/^(svg|img)$/iu.test(one.tagName)) { add([one.getBoundingClientRect()], place, `<${one.tagName}>`); return; }
    for (const node of one.childNodes)
      if (node.nodeType === Node.ELEMENT_NODE) read(node, place);
      else if (node.nodeType === Node.TEXT_NODE && node.data.trim()) { range.selectNodeContents(node); add(range.getClientRects(), place, node.data); }
  };
  const everywhere = { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };
  read(document.body, { home: document.body, isFixed: false, isSticky: false, frame: everywhere });
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
