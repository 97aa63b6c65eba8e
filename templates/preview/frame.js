// Around one briefing: follows what is made, keeps the reader's place, says where a thing is written.
import { patched, sent } from "./patch.js";

const body = document.body, { slug, root, editor } = body.dataset;
const part = name => document.getElementById(name);
const kinds = { "being made": "making", "not looked at yet": "unseen" };
const IN_VIEW = "main :is(p, li, h1, h2, h3, figcaption, tbody tr, dt, dd):not(details:not([open]) *)";  // what scrolls, and is seen
const TOP = 56;  // what stands above is under the page's own head
let view = body.dataset.view, now = null, current = null, next = null, hidden = "", isAsked = false;

// --- the page ---------------------------------------------------------------

let wanted = null;
async function turn(address) {
  if (wanted === address) return;
  wanted = address;
  const source = current?.source && await read(address, current);
  if (wanted !== address) return;
  if (source && patched(current.contentDocument, current.source, source)) {
    current.source = source;
    next?.remove();
    next = null;
    shown(address);
    return;
  }
  if (current) current.source = null;  // what is shown may be half of each
  load(address);
}

// A page as it is sent, before its own script, under the policy of the one in the frame; null where
// another one is sent meanwhile.
async function read(address, frame) {
  try {
    const answer = await fetch(address), { DOMParser } = frame.contentWindow;
    return answer.headers.get("etag") === address.split("?")[1] ? sent(new DOMParser().parseFromString(await answer.text(), "text/html")) : null;
  } catch { return null; }
}

// Behind the page that is shown, until it can take its place.
function load(address) {
  next?.remove();
  const frame = document.createElement("iframe");
  Object.assign(frame, { className: "next", title: "the briefing", src: address + (current ? "" : location.hash), source: null });
  next = frame;
  frame.addEventListener("load", () => {
    const page = frame.contentDocument;
    if (!page || page.location.pathname !== new URL(address, location).pathname) {
      const other = page?.location.pathname.split("/")[1];
      if (other) location.assign(`/${other}/`);
      return;
    }
    listen(page);
    frame.source = null;
    if (frame === next) {
      if (current) keepPlace(current.contentDocument, page);
      frame.className = "";
      current?.remove();
      [current, next] = [frame, null];
      shown(address);
    }
    if (frame === current) read(wanted, frame).then(source => { if (wanted === address) frame.source = source; });
  });
  part("stage").prepend(frame);
}

function shown(address) {
  body.dataset.shown = address;
  show();
}

const keyed = page => {
  const found = new Map();
  for (const element of page.querySelectorAll(IN_VIEW)) {
    const key = `${element.tagName} ${element.textContent.trim()}`;
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(element);
  }
  return found;
};

function keepPlace(before, after) {
  const each = selector => {
    const fresh = after.querySelectorAll(selector);
    return [...before.querySelectorAll(selector)].map((old, i) => [old, fresh[i]]);
  };
  for (const [old, fresh] of each("details")) if (fresh) fresh.open = old.open;
  for (const [old, fresh] of each(".scroll, .drawn, .contents")) if (fresh && (old.scrollLeft || old.scrollTop)) fresh.scrollTo({ left: old.scrollLeft, top: old.scrollTop, behavior: "instant" });
  const scrolled = before.scrollingElement.scrollTop;
  if (!scrolled) return;
  const tops = new Map([...before.querySelectorAll(IN_VIEW)].map(one => [one, one.getBoundingClientRect().top]));
  const near = [...tops.keys()].sort((a, b) => Math.abs(tops.get(a) - TOP) - Math.abs(tops.get(b) - TOP)).slice(0, 60);
  const [were, are] = [keyed(before), keyed(after)];
  let top = scrolled;
  for (const element of near) {
    const key = `${element.tagName} ${element.textContent.trim()}`;
    const same = are.get(key)?.[were.get(key).indexOf(element)];
    if (same) { top = same.getBoundingClientRect().top + after.scrollingElement.scrollTop - tops.get(element); break; }
  }
  after.scrollingElement.scrollTo({ top, behavior: "instant" });
}

// --- where it is written ----------------------------------------------------

function listen(page) {
  page.addEventListener("click", event => {
    const link = event.target.closest?.("a[href]");
    const written = (event.altKey || isAsked) && event.target.closest?.("[data-at]");
    if (written) {
      event.preventDefault();
      event.stopImmediatePropagation();
      tell(written);
    } else if (link && /^https?:$/.test(link.protocol) && link.origin !== location.origin) {
      event.preventDefault();
      window.open(link.href, "_blank", "noopener");
    }
  }, true);
  page.addEventListener("mouseover", event => { if (isAsked) mark(event.target.closest?.("[data-at]")); });
  page.addEventListener("keydown", event => { if (event.key === "Escape") untell(); });
  point(page);
}

let marked = null;
function mark(element) {
  if (marked) marked.style.outline = "";
  marked = element;
  if (marked) marked.style.outline = "2px solid color-mix(in srgb, currentcolor 45%, transparent)";
}
const point = page => { page.documentElement.style.cursor = isAsked ? "crosshair" : ""; };

function tell(element) {
  const [, file, line, column] = /^(.*):(\d+):(\d+)$/.exec(element.dataset.at) ?? [];
  if (!file) return;
  const origin = part("origin"), link = origin.querySelector("a"), path = (file.startsWith("/") ? file : root + file).split("/").map(encodeURIComponent).join("/");
  origin.querySelector("span").textContent = element.dataset.at;
  link.hidden = !editor;
  link.href = editor.replace("{file}", path).replace("{line}", line).replace("{column}", column);
  origin.hidden = false;
  mark(element);
}
const untell = () => { part("origin").hidden = true; mark(null); };
part("origin").querySelector("button").addEventListener("click", untell);

part("inspect").addEventListener("click", () => {
  isAsked = !isAsked;
  part("inspect").setAttribute("aria-pressed", isAsked);
  if (current) point(current.contentDocument);
  if (!isAsked) untell();
});
addEventListener("keydown", event => { if (event.key === "Escape") untell(); });

// --- the PDF ----------------------------------------------------------------

function lay(address, sheets) {
  const place = part("sheets"), version = address.split("?")[1];
  sheets.forEach(([width, height], i) => {
    const image = place.children[i] ?? place.appendChild(Object.assign(new Image(), { loading: "lazy", alt: `page ${i + 1}` }));
    Object.assign(image, { width, height });
    const source = `sheets/${i + 1}.png?${version}`;
    if (image.getAttribute("src") !== source) image.src = source;
  });
  while (place.children.length > sheets.length) place.lastChild.remove();
  body.dataset.laid = address;
}

// --- what is new ------------------------------------------------------------

function show() {
  const isPaper = view === "pdf", address = isPaper ? now.paper : now.page, isCurrent = isPaper ? now.isPaperCurrent : now.isPageCurrent;
  document.title = `${now.title} – preview`;
  part("title").textContent = now.title;
  part("state").className = `state ${kinds[now.state] ?? now.state}`;
  part("state").innerHTML = `<span>${now.state}</span>`;
  part("behind").hidden = !address || isCurrent || (!isPaper && now.state === "being made");
  part("behind").textContent = now.errors ? `the last good ${isPaper ? "PDF" : "page"}` : isPaper ? "the PDF is behind" : "";
  part("sheets").classList.toggle("behind", !isCurrent);
  part("waiting").textContent = now.errors ? "not made yet: see what is wrong" : "being made …";
  part("waiting").hidden = isPaper ? !!now.paper : !!current;
  part("sheets").hidden = !isPaper || !now.paper;
  for (const frame of [current, next]) if (frame) frame.hidden = isPaper;
  part("inspect").hidden = isPaper;
  part("file").hidden = !address;
  if (address) part("file").href = address;
  for (const button of document.querySelectorAll("[data-to]")) button.setAttribute("aria-pressed", button.dataset.to === view);
  const panel = part("panel"), tally = part("tally");
  tally.hidden = !now.tally;
  tally.textContent = now.tally;
  panel.classList.toggle("errors", now.errors > 0);
  panel.querySelector("b").textContent = now.tally;
  panel.querySelector("p").textContent = now.errors && address && !isCurrent ? `behind it: the last good ${isPaper ? "PDF" : "page"}` : "";
  if (panel.lastElementChild.innerHTML !== now.panel) panel.lastElementChild.innerHTML = now.panel;
}

const open = isOpen => { part("panel").hidden = !isOpen; part("tally").setAttribute("aria-expanded", isOpen); };
part("tally").addEventListener("click", () => { hidden = part("panel").hidden ? "" : now.panel; open(part("panel").hidden); });
part("panel").querySelector("button").addEventListener("click", () => { hidden = now.panel; open(false); });

function take(told) {
  const hadErrors = now?.errors > 0;
  now = told;
  if (now.page) turn(now.page);
  if (now.paper && view === "pdf") lay(now.paper, now.sheets);
  show();
  if (now.errors && now.panel !== hidden) open(true);
  if (hadErrors && !now.errors) open(false);
}

// --- the wire ---------------------------------------------------------------

let wire = null, asleep = 0;
function connect() {
  wire?.close();
  wire = new EventSource(`events?view=${view}`);
  wire.onmessage = event => take(JSON.parse(event.data));
  wire.onerror = () => {  // the browser goes on trying
    part("state").className = "state errors";
    part("state").innerHTML = "<span>the preview has ended</span>";
  };
}
addEventListener("visibilitychange", () => {  // a browser has few connections for many tabs
  clearTimeout(asleep);
  if (document.hidden) asleep = setTimeout(() => { wire?.close(); wire = null; }, 30_000);
  else if (!wire) connect();
});
for (const button of document.querySelectorAll("[data-to]")) button.addEventListener("click", () => {
  view = button.dataset.to;
  untell();
  history.replaceState(null, "", view === "pdf" ? "?view=pdf" : location.pathname);
  if (now) take(now);
  connect();
});
if (!document.hidden) connect();
