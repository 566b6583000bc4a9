// A picture is plain SVG: one element a mark, made once; a step of the clock changes a few attributes.

const SPACE = "http://www.w3.org/2000/svg";
let made = 0;

/** A new element with its attributes, inside `parent` if given. `text` is its content. */
export function el(name, attributes = {}, parent = null, text = null) {
  const node = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) node.setAttribute(key, value);
  }
  if (text !== null) node.textContent = text;
  if (parent) parent.appendChild(node);
  return node;
}

/** Sets an attribute only when it differs: an unchanged picture costs the browser nothing. */
export function put(node, key, value) {
  const text = String(value);
  if (node.getAttribute(key) !== text) node.setAttribute(key, text);
}

/** Sets the text of a node only when it differs. */
export function say(node, text) {
  if (node.textContent === text) return;
  if (node.firstChild && node.firstChild.nodeType === 3) node.firstChild.data = text;
  else node.textContent = text;
}

/** Shows or hides a node. */
export function show(node, shown) {
  put(node, "visibility", shown ? "visible" : "hidden");
}

/** An id that no other picture on the page has. */
export function fresh(word) {
  made += 1;
  return `${word}-${made}`;
}

const place = (v) => Math.round(v * 10) / 10;

/** The path through points [[x, y], ...]; a point that is not finite breaks the line. */
export function through(points) {
  let path = "";
  let pen = "M";
  for (const [x, y] of points) {
    if (Number.isFinite(x) && Number.isFinite(y)) {
      path += `${pen}${place(x)} ${place(y)}`;
      pen = "L";
    } else pen = "M";
  }
  return path;
}

/** The path around the area between two rows of heights over the same places. */
export function around(xs, low, high) {
  const known = [...xs.keys()].filter((k) => Number.isFinite(low[k]) && Number.isFinite(high[k]));
  if (!known.length) return "";
  const upper = known.map((k) => [xs[k], high[k]]);
  const lower = known.map((k) => [xs[k], low[k]]).reverse();
  return `${through([...upper, ...lower])}Z`;
}

/** The path of a shape of that half-width about a point: what tells things apart where color does not. */
export function shape(kind, x, y, r) {
  const at = (dx, dy) => `${place(x + dx * r)} ${place(y + dy * r)}`;
  const drawn = {
    square: () => `M${at(-0.88, -0.88)}L${at(0.88, -0.88)}L${at(0.88, 0.88)}L${at(-0.88, 0.88)}Z`,
    triangle: () => `M${at(0, -1.1)}L${at(1, 0.8)}L${at(-1, 0.8)}Z`,
    down: () => `M${at(0, 1.1)}L${at(1, -0.8)}L${at(-1, -0.8)}Z`,
    diamond: () => `M${at(0, -1.2)}L${at(1.1, 0)}L${at(0, 1.2)}L${at(-1.1, 0)}Z`,
    cross: () =>
      `M${at(-1, -0.6)}L${at(-0.6, -1)}L${at(0, -0.4)}L${at(0.6, -1)}L${at(1, -0.6)}L${at(0.4, 0)}` +
      `L${at(1, 0.6)}L${at(0.6, 1)}L${at(0, 0.4)}L${at(-0.6, 1)}L${at(-1, 0.6)}L${at(-0.4, 0)}Z`,
    plus: () =>
      `M${at(-0.35, -1)}L${at(0.35, -1)}L${at(0.35, -0.35)}L${at(1, -0.35)}L${at(1, 0.35)}` +
      `L${at(0.35, 0.35)}L${at(0.35, 1)}L${at(-0.35, 1)}L${at(-0.35, 0.35)}L${at(-1, 0.35)}L${at(-1, -0.35)}` +
      `L${at(-0.35, -0.35)}Z`,
  }[kind];
  if (drawn) return drawn();
  return `M${at(-1, 0)}A${r} ${r} 0 1 0 ${at(1, 0)}A${r} ${r} 0 1 0 ${at(-1, 0)}Z`;
}

/** Words on a picture: `size` in pixels, anchored at "start", "middle" or "end". */
export function label(parent, x, y, text, { size, fill, anchor = "start", weight = 400, ...more }) {
  const attributes = { x, y, "font-size": size, fill, "text-anchor": anchor, "font-weight": weight, ...more };
  return el("text", attributes, parent, text);
}

/** About how wide words are: asking the browser would make it lay out the page. */
export function wide(text, size, weight = 400) {
  return String(text).length * size * (weight > 500 ? 0.65 : 0.58);
}

/** The words, or their beginning and dots, in about that many pixels. */
export function fitted(text, size, room, weight = 400) {
  const most = Math.max(Math.floor(room / (size * (weight > 500 ? 0.65 : 0.58))), 1);
  return text.length <= most ? text : `${text.slice(0, Math.max(most - 1, 1)).trimEnd()}…`;
}
