// A member's standing is a shape and a mark before it is a word: seen in gray, and from the back of a room.

import { el, put, show } from "./svg.js";

/** How each standing is drawn: body, whether it carries color, its mark, and the word. */
export const STANDINGS = {
  member: { body: "square", filled: true, mark: "", word: "member" },
  returned: {
    body: "square",
    filled: true,
    mark: "M-1 -.3L-.3 -1M-1 -.3L-.3 .4M-1 -.3L.4 -.3Q1 -.3 1 .3Q1 .9 .4 .9L-.4 .9",
    word: "returned",
  },
  suspended: { body: "square", filled: true, hatched: true, mark: "M-.5 -.9L-.5 .9M.5 -.9L.5 .9", word: "suspended" },
  "in notice": { body: "cut", filled: true, mark: "M-1 0L.9 0M.2 -.7L.9 0L.2 .7", word: "in notice" },
  associate: { body: "circle", filled: true, mark: "", word: "associate" },
  candidate: { body: "circle", filled: false, mark: "M-.9 0L.9 0M0 -.9L0 .9", word: "candidate" },
  withdrawn: { body: "square", filled: false, mark: "M-.8 -.8L.8 .8M-.8 .8L.8 -.8", word: "withdrawn" },
};

export const standingOf = (word) => STANDINGS[word] || STANDINGS.member;

/** The outline of a body of half-width `r` about (0, 0). */
export function outline(body, r) {
  if (body === "circle") return `M${-r} 0A${r} ${r} 0 1 0 ${r} 0A${r} ${r} 0 1 0 ${-r} 0Z`;
  const c = body === "cut" ? r * 0.55 : 0;
  const k = r * 0.16;
  const corner = c ? `L${r - c} ${-r}L${r} ${-r + c}` : `L${r - k} ${-r}Q${r} ${-r} ${r} ${-r + k}`;
  return (
    `M${-r} ${-r + k}Q${-r} ${-r} ${-r + k} ${-r}${corner}L${r} ${r - k}Q${r} ${r} ${r - k} ${r}` +
    `L${-r + k} ${r}Q${-r} ${r} ${-r} ${r - k}Z`
  );
}

/** Draws a body with hatching and mark inside `parent`; gives a function that turns it to a standing and a color. */
export function token(parent, r, look, hatch, { markAt = [r * 0.7, -r * 0.7], markSize = r * 0.17 } = {}) {
  const body = el("path", {}, parent);
  const lines = el("path", { fill: `url(#${hatch})`, "pointer-events": "none" }, parent);
  const mark = el("path", { fill: "none", "stroke-linecap": "round", "stroke-linejoin": "round" }, parent);
  put(mark, "transform", `translate(${markAt[0]} ${markAt[1]}) scale(${markSize})`);
  put(mark, "stroke-width", 0.42);
  let shown = null;
  return (word, color, ink) => {
    const how = standingOf(word);
    if (shown !== word) {
      shown = word;
      put(body, "d", outline(how.body, r));
      put(lines, "d", outline(how.body, r));
      show(lines, Boolean(how.hatched));
      put(mark, "d", how.mark || "M0 0");
      show(mark, Boolean(how.mark));
      put(body, "stroke", how.filled ? (how.hatched || how.body === "cut" ? look.ink : look.hair) : look.soft);
      put(body, "stroke-width", how.filled ? (how.hatched || how.body === "cut" ? r * 0.07 : 1) : r * 0.06);
      put(body, "stroke-dasharray", how.filled ? "none" : `${r * 0.2} ${r * 0.14}`);
    }
    put(body, "fill", how.filled ? color : look.card);
    put(mark, "stroke", how.body === "cut" ? look.ink : ink);
  };
}

/** A hatching of diagonal lines, defined inside `parent`. */
export function hatching(parent, id, color, gap) {
  const pattern = el(
    "pattern",
    { id, width: gap, height: gap, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    parent,
  );
  el(
    "line",
    { x1: 0, y1: 0, x2: 0, y2: gap, stroke: color, "stroke-width": gap * 0.28, "stroke-opacity": 0.55 },
    pattern,
  );
}
