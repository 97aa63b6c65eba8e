// The contents show which section is read, and close after a choice on narrow screens.
{
  const nav = document.getElementById("contents");
  const links = new Map([...nav.querySelectorAll("a")].map(link => [link.hash.slice(1), link]));
  const mark = () => {
    const targets = [...links.keys()].map(id => document.getElementById(id)).filter(Boolean);
    const line = innerHeight * 0.3;
    const of = kind => targets.filter(one => one.matches(kind)).findLast(one => one.getBoundingClientRect().top < line);
    const atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    const section = atEnd ? targets.filter(one => one.matches("section")).at(-1) : of("section");
    for (const [id, link] of links) {
      const isCurrent = section !== undefined && id === section.id;
      if (isCurrent === link.hasAttribute("aria-current")) continue;
      link.toggleAttribute("aria-current", isCurrent);
      if (isCurrent) {
        link.setAttribute("aria-current", "location");
        if (!nav.matches(":popover-open")) nav.scrollTop += link.getBoundingClientRect().top - nav.getBoundingClientRect().top - nav.clientHeight / 2;
      }
    }
  };
  let waits = false;
  addEventListener("scroll", () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => { waits = false; mark(); });
  }, { passive: true });
  addEventListener("resize", mark);
  requestAnimationFrame(mark);  // when the other scripts have done, so that the page is laid out once
  nav.addEventListener("click", event => { if (event.target.closest("a") && nav.matches(":popover-open")) nav.hidePopover(); });
}
