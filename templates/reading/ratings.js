// The rating opens the definitions of its house; without a script it leads to them.
{
  const link = document.querySelector(".rating a[href^='#']");
  const tables = () => [...document.querySelector(link.hash)?.querySelectorAll("table.ratings, .scale") ?? []];
  if (link && tables().length) {
    const large = document.getElementById("large").content.firstElementChild.cloneNode(true);
    large.setAttribute("aria-label", link.title);
    document.body.append(large);
    link.addEventListener("click", event => {
      event.preventDefault();
      large.querySelector(".within").replaceChildren(...tables().map(one => one.cloneNode(true)));
      large.showModal();
    });
    large.addEventListener("click", event => { if (event.target === large) large.close(); });
  }
}
