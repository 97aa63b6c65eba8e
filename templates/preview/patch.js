// The page that is shown, made into a newer one: what is the same stays, with all its reader did to it.
//
// Three trees are walked at once: the page as it was sent, as it is sent now, and as it is shown, to
// which its own script has added. Where that script has been at work the next WHOLE around it is
// taken anew, and the script is told.

const WHOLE = "figure.exhibit, main .scroll, main p, main ul, main ol, main dl";
const FIXED = "body, main, section, nav, script, style, template, dialog";  // the page's script holds on to them
const ROWS = "thead, tbody, tfoot, tr, th, td";  // are known to what sorts their table
const PLACED = "[data-at]", SORTED = "#text [aria-sort]";

const tag = element => element.cloneNode(false).outerHTML;
const isText = node => node.nodeType !== Node.ELEMENT_NODE;
const isAdded = node => node.matches?.(".card, .exhibit-tools");
const moves = nodes => !nodes.some(node => node.matches?.(`${FIXED}, ${ROWS}`) || node.querySelector?.(FIXED));

// A page as it was sent, without the places its parts are written at, which move with every line.
export function sent(page) {
  const placed = [...page.querySelectorAll(PLACED)], places = placed.map(one => one.dataset.at);
  for (const one of placed) one.dataset.at = "";
  return { page, places };
}

// Make `shown` from what was sent (`was`) into what is sent now (`is`); false where it must be loaded.
export function patched(shown, was, is) {
  const style = ({ page }) => page.querySelector("style").textContent;
  if (shown.querySelector(SORTED)) return false;  // its rows stand elsewhere than they were sent
  if (style(was) !== style(is) || tag(was.page.documentElement) !== tag(is.page.documentElement)) return false;
  if (!turned(was.page.body, is.page.body, shown.body)) return false;
  const placed = shown.querySelectorAll(`#text ${PLACED}`);
  if (placed.length !== is.places.length) return false;
  placed.forEach((one, i) => { if (one.dataset.at !== is.places[i]) one.dataset.at = is.places[i]; });
  shown.dispatchEvent(new Event("briefgen:changed"));
  return true;
}

function turned(was, is, now) {
  if (tag(was) !== tag(is)) return exchanged(now, is);
  const before = [...was.childNodes], after = [...is.childNodes], live = [...now.childNodes].filter(node => !isAdded(node));
  const isKnown = before.every((node, i) => live[i]?.nodeName === node.nodeName && (!isText(node) || live[i].data === node.data));
  if (!isKnown || !aligned(before, after, live, now)) return now.matches(WHOLE) && exchanged(now, is);
  return true;
}

function exchanged(now, is) {
  if (!moves([now, is])) return false;
  now.replaceWith(document.importNode(is, true));
  return true;
}

// The children of one element: those at the beginning and at the end are the same, between them some are not.
function aligned(before, after, live, home) {
  const least = Math.min(before.length, after.length);
  let head = 0, tail = 0;
  while (head < least && before[head].isEqualNode(after[head])) head += 1;
  while (tail < least - head && before.at(-1 - tail).isEqualNode(after.at(-1 - tail))) tail += 1;
  const old = before.slice(head, before.length - tail), fresh = after.slice(head, after.length - tail);
  const shown = live.slice(head, head + old.length);
  if (old.length === fresh.length && old.every((node, i) => node.nodeName === fresh[i].nodeName))
    return old.every((node, i) => {
      if (node.isEqualNode(fresh[i])) return true;
      if (!isText(node)) return turned(node, fresh[i], shown[i]);
      shown[i].data = fresh[i].data;
      return true;
    });
  if (!moves(old) || !moves(fresh)) return false;
  const next = live[before.length - tail] ?? null;
  for (const node of shown) node.remove();
  for (const node of fresh) home.insertBefore(document.importNode(node, true), next);
  return true;
}
