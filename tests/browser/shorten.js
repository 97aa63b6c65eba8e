// Takes out what is alike. Elements are alike that stand at the same path of elements, have the
// same attributes (of a name, a place or a wording counts only whether there is any) and hold
// the same kinds of things: three of them stand for all, and among siblings one at least stays.
// Headings stay, and what holds one; of charts the words stay.
() => {
  const worded = /^(id|(xlink:)?href|title|value|src|alt|datetime|d|x|y|transform|clip-path|data-.*|aria-(label|labelledby|describedby|controls))$/u;
  const name = one => [one.localName, ...[...one.attributes]
    .map(({ name, value }) => `${name}=${worded.test(name) ? value !== "" : value}`).sort()].join(" ");
  const kinds = new Map();
  const kind = one => {
    if (!kinds.has(one)) {
      const held = [...one.childNodes].map(node => node.nodeType === Node.ELEMENT_NODE ? kind(node)
        : node.nodeType === Node.TEXT_NODE && node.data.trim() ? "text" : "");
      kinds.set(one, `<${name(one)}>${[...new Set(held)].sort().join("")}</>`);
    }
    return kinds.get(one);
  };
  const words = "text, text *, title, desc, style";
  document.querySelectorAll(`svg :not(${words}, :has(${words}))`).forEach(drawn => drawn.remove());
  const counts = new Map();
  const shorten = (one, path) => {
    const siblings = new Set();
    for (const child of [...one.children]) {
      const like = kind(child), at = `${path}/${like}`, count = (counts.get(at) ?? 0) + 1;
      if (count > 3 && siblings.has(like) && !child.matches("h1, h2, h3, h4, :has(h1, h2, h3, h4)")) { child.remove(); continue; }
      siblings.add(like);
      counts.set(at, count);
      shorten(child, `${path}/${name(child)}`);
    }
  };
  shorten(document.body, "");
}
