// What is on a page, without what depends on the width and the place of its window.
() => {
  const passing = ["fits", "wide"];
  const tree = one => one.nodeType !== Node.ELEMENT_NODE ? one.data : [
    one.tagName,
    [...one.attributes].filter(({ name }) => name !== "aria-current" && !(name === "tabindex" && one.matches(".scroll, .drawn")))
      .map(({ name, value }) => [name, name === "class" ? value.split(" ").filter(word => !passing.includes(word)).sort().join(" ") : value]).sort(),
    [...one.childNodes].map(tree)];
  return JSON.stringify(tree(document.body));
}