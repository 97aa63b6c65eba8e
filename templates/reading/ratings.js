// The rating opens the definitions of its house; without a script it leads to them.
{
  const link = document.querySelector(".rating a[href^='#']");
  const tables = link && document.querySelector(link.hash)?.querySelectorAll("table.ratings, .scale");
  if (tables?.length) {
    const large = document.getElementById("large").content.firstElementChild.cloneNode(true);
    large.setAttribute("aria-label", link.title);
    large.querySelector(".within").append(...[...tables].map(one => one.cloneNode(true)));
    document.body.append(large);
    link.addEventListener("click", event => { event.preventDefault(); large.showModal(); });
    large.addEventListener("click", event => { if (event.target === large) large.close(); });
  }
}
