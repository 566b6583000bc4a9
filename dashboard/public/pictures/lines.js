// A line through time is drawn once and uncovered as the clock runs: its past is never drawn again.

import { around, el, fresh, label, put, say, shape, show, through, wide } from "./svg.js";
import { spread } from "./axes.js";

/** A clip that shows a box up to a quarter: {url, to(quarter)}. */
export function curtain(view, box, x) {
  const id = fresh("until");
  const clip = el("clipPath", { id }, el("defs", {}, view.svg));
  const rect = el("rect", { x: box.left - 4, y: box.top - 8, height: box.bottom - box.top + 16, width: 0 }, clip);
  return { url: `url(#${id})`, to: (quarter) => put(rect, "width", Math.round((x(quarter) - box.left + 4) * 10) / 10) };
}

/** Draws one course in a look, uncovered by a curtain; what is under way is drawn thick, a ghost thin. */
export function course(parent, values, until, x, y, look, clip, width) {
  const points = Array.from({ length: until }, (_, quarter) => [x(quarter), y(values[quarter])]);
  return el(
    "path",
    {
      d: through(points),
      fill: "none",
      stroke: look.color,
      "stroke-width": width.toFixed(1),
      "stroke-dasharray": look.dash || null,
      "stroke-linejoin": "round",
      "clip-path": clip,
    },
    parent,
  );
}

/** Draws the range between two rows of quantiles. */
export function band(parent, low, high, x, y, color, opacity) {
  const xs = Array.from(low, (_, quarter) => x(quarter));
  const path = around(xs, Array.from(low, y), Array.from(high, y));
  return el("path", { d: path, fill: color, "fill-opacity": opacity, stroke: "none" }, parent);
}

/**
 * Points and figures at the head of each course: lines of {values, until, look, name}; `write` makes words of a value.
 * Gives a function of the quarter that moves them, apart from one another.
 */
export function heads(parent, view, box, x, y, lines, write) {
  const { look, em } = view;
  const size = Math.round(em * 0.92);
  const marks = lines.map((line) => ({
    dot: el(
      "path",
      { d: shape(line.look.shape, 0, 0, em * 0.34), fill: line.look.color, stroke: look.card, "stroke-width": 1.5 },
      parent,
    ),
    text: label(parent, 0, 0, "", {
      size,
      fill: line.look.text,
      weight: 700,
      stroke: look.card,
      "stroke-width": 3.5,
      "paint-order": "stroke",
      "stroke-linejoin": "round",
    }),
  }));
  return (quarter) => {
    const known = [];
    lines.forEach((line, k) => {
      const v = line.values[Math.min(quarter, line.until - 1)];
      const same = line.key === "ghost" && write(v) === write(lines[lines.length - 1].values[quarter]);
      const there = Number.isFinite(v) && quarter < line.until && !same;
      show(marks[k].dot, there);
      show(marks[k].text, there);
      if (there) known.push([k, v]);
    });
    const heights = spread(
      known.map(([, v]) => y(v)),
      size * 1.05,
      box.top + size * 0.4,
      box.bottom - 2,
    );
    const at = x(quarter);
    known.forEach(([k, v], place) => {
      const words = [lines[k].name, write(v)].filter(Boolean).join(" ");
      const turn = at + em * 0.5 + wide(words, size, 700) > box.edge;
      put(marks[k].dot, "transform", `translate(${at.toFixed(1)} ${y(v).toFixed(1)})`);
      say(marks[k].text, words);
      put(marks[k].text, "text-anchor", turn ? "end" : "start");
      put(marks[k].text, "x", (turn ? at - em * 0.5 : at + em * 0.5).toFixed(1));
      put(marks[k].text, "y", (heights[place] + size * 0.35).toFixed(1));
    });
  };
}

/** A shock in words: its own name, or its kind where it came by chance. */
export function shockName({ name, kind }) {
  return String(!name || name === "by chance" ? kind : name).replace(/_/g, " ");
}

/** When shocks hit a third of the region or more: shaded once, with a word at the top of each that has room for it. */
export function shocks(parent, view, box, x, { words = true } = {}) {
  const { film, look, small } = view;
  const felt = film.shocks.filter(({ members }) => !members || members.length > film.members.length / 3);
  const struck = new Set(felt.flatMap((shock) => between(shock, film.quarters)));
  let shade = "";
  for (const quarter of struck) {
    const [from, to] = [x(quarter), x(Math.min(quarter + 1, film.quarters - 1))];
    shade += `M${from.toFixed(1)} ${box.top}H${to.toFixed(1)}V${box.bottom}H${from.toFixed(1)}Z`;
  }
  if (shade)
    el("path", { d: shade, fill: look.ink, "fill-opacity": 0.08, "pointer-events": "none", class: "shocks" }, parent);
  let free = -Infinity;
  for (const shock of words ? felt : []) {
    const [from, name] = [x(shock.from), shockName(shock)];
    if (from < free || from + wide(name, small) > box.right + 8) continue;
    label(parent, from + 2, box.top + small * 0.9, name, { size: small, fill: look.soft, "pointer-events": "none" });
    free = from + wide(name, small) + 6;
  }
}

/** The quarters of a shock that lie in the run. */
function between({ from, until }, quarters) {
  const last = Math.min(until ?? from, quarters - 1);
  return Array.from({ length: Math.max(last - from + 1, 0) }, (_, k) => from + k);
}

/** A point of the organization's course was clicked: what did it decide in that year, and why? */
export function whyThen(stage, quarter) {
  stage.set("asked", { side: "a", quarter, member: null, span: "year" });
}

/** Tells what stands at a place when a pointer is over a box: `words(quarter)` makes the text. */
export function pointing(view, box, x, words) {
  const pad = el(
    "rect",
    { x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top, fill: "transparent" },
    view.svg,
  );
  const hair = el(
    "line",
    { y1: box.top, y2: box.bottom, stroke: view.look.faint, "stroke-dasharray": "2 2", "pointer-events": "none" },
    view.svg,
  );
  show(hair, false);
  let last = 0;
  const under = (event) => {
    const at = event.clientX - view.svg.getBoundingClientRect().left;
    return Math.min(Math.max(Math.round(x.back(at)), 0), last);
  };
  const over = (event) => {
    const frame = view.svg.getBoundingClientRect();
    const quarter = under(event);
    show(hair, true);
    put(hair, "x1", x(quarter));
    put(hair, "x2", x(quarter));
    view.tip(words(quarter), x(quarter), event.clientY - frame.top);
  };
  const off = () => {
    show(hair, false);
    view.tip("");
  };
  pad.addEventListener("pointermove", over);
  pad.addEventListener("pointerleave", off);
  pad.addEventListener("click", (event) => whyThen(view.stage, under(event)));
  return (quarter) => {
    last = quarter;
  };
}
