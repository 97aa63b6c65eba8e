// A number says where it comes from: on hover, keyboard focus and tap; Escape closes the card.
{
  const card = document.getElementById("card").content.firstElementChild.cloneNode(true);
  const list = card.firstElementChild;
  let shown = null, closing = 0;
  const NUMBER = "data, .plain-data td";
  const prepare = () => {
    for (const number of document.querySelectorAll(`:is(${NUMBER})[title]`)) {
      number.dataset.told = number.title;
      number.removeAttribute("title");
      if (!number.querySelector("a")) number.tabIndex = 0;
    }
  };
  prepare();
  document.addEventListener("briefgen:changed", prepare);
  const described = number => number.querySelector("a") ?? number;
  const hide = () => {
    clearTimeout(closing);
    if (shown) described(shown).removeAttribute("aria-describedby");
    shown = null;
    card.remove();
  };
  const place = number => {
    const gap = 6, at = number.getClientRects()[0] ?? number.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = card;
    const fits = at.bottom + gap + height < innerHeight || at.top < height + gap;
    const home = number.closest("dialog"), frame = home?.getBoundingClientRect();
    const [x, y] = home ? [home.scrollLeft - home.clientLeft - frame.left, home.scrollTop - home.clientTop - frame.top] : [scrollX, scrollY];
    card.style.left = `${x + Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8))}px`;
    card.style.top = `${y + (fits ? at.bottom + gap : at.top - gap - height)}px`;
  };
  const show = number => {
    clearTimeout(closing);
    if (shown === number) return;
    hide();
    list.replaceChildren(...number.dataset.told.split("\n").flatMap(line => {
      const [, name, text] = /^(.*?)(?:：|: )(.*)$/su.exec(line) ?? [null, "", line];
      return [["dt", name], ["dd", text]].map(([tag, content]) => {
        const element = document.createElement(tag);
        element.textContent = content;
        return element;
      });
    }));
    (number.closest("dialog") ?? document.getElementById("text")).append(card);
    described(number).setAttribute("aria-describedby", card.id);
    shown = number;
    place(number);
  };
  const later = () => { clearTimeout(closing); closing = setTimeout(hide, 250); };
  const at = event => event.target.closest?.(NUMBER);
  document.addEventListener("pointerover", event => {
    if (event.pointerType === "touch") return;
    const number = at(event);
    if (number?.dataset.told) show(number);
    else if (card.contains(event.target)) clearTimeout(closing);
    else if (shown && !shown.contains(document.activeElement)) later();
  });
  document.addEventListener("focusin", event => { const number = at(event); if (number?.dataset.told) show(number); else hide(); });
  document.addEventListener("focusout", later);
  // The first tap shows the card, the second follows the link.
  let tapped = null, was = null;
  document.addEventListener("pointerdown", event => { tapped = event.pointerType === "touch" ? at(event) : null; was = shown; }, true);
  document.addEventListener("click", event => {
    const number = at(event), isFirst = tapped && tapped === number && was !== number;
    tapped = null;
    if (isFirst && number.dataset.told) { event.preventDefault(); show(number); }
    else if (!card.contains(event.target) && !number) hide();
  });
  document.addEventListener("keydown", event => { if (event.key === "Escape" && shown) { hide(); event.stopPropagation(); } }, true);
  addEventListener("resize", hide);
}
