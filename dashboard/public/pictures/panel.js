// One chart through time: bands, courses uncovered by the clock, figures at their heads. Several make a sheet.

import { timeAxis, valueAxis } from "./axes.js";
import { band, course, curtain, heads, pointing, shocks } from "./lines.js";
import { el, fitted, label, put } from "./svg.js";
import { tick, write } from "./words.js";

/** Places of `count` charts on a sheet: one above the other on a phone, side by side where there is room. */
export function sheet(count, width, em, { least = 16, tall = 14, alone = 26 } = {}) {
  const fits = (columns) => count % columns === 0 && width / columns >= em * least;
  const columns = Array.from({ length: count }, (_, k) => count - k).find(fits) || 1;
  const high =
    count > 1
      ? em * (width / columns > em * 30 ? tall * 0.8 : tall)
      : Math.min(Math.max(width * 0.5, em * 16), em * alone);
  return {
    height: Math.ceil(Math.ceil(count / columns) * high),
    place: (k) => ({
      left: (k % columns) * (width / columns),
      top: Math.floor(k / columns) * high,
      wide: width / columns,
      tall: high,
    }),
  };
}

/**
 * Draws a chart: `title`, `kind` of numbers, `limits`, `lines` of {key, name, values, until, look}, `bands` of
 * {low, high, color, opacity}, `say(quarter)` for a pointer, `zero` for a line at zero, `extra(group, box, x, y, clip)`
 * for more marks (may give a function of the quarter), `words` whether shocks are named. Gives the function of a step.
 */
export function panel(
  view,
  { left, top, wide, tall },
  { title, kind, limits, lines, bands = [], say, zero, extra, writer, words = true },
) {
  const { svg, look, em } = view;
  const edge = left + wide - 2;
  const box = {
    left: left + em * 3.3,
    right: edge - em * 4.2,
    top: top + em * 2.2,
    bottom: top + tall - em * 2.2,
    edge,
  };
  const group = el("g", { class: "panel", "aria-label": title, role: "group" }, svg);
  label(group, left + 2, top + em * 1.1, fitted(title, em, wide - 4, 700), { size: em, fill: look.ink, weight: 700 });
  const y = valueAxis(view, group, box, limits, (v) => tick(v, kind), { whole: kind === "count" });
  const x = timeAxis(view, group, box);
  shocks(group, view, box, x, { words: words && wide > em * 24 });
  for (const each of bands) band(group, each.low, each.high, x, y, each.color, each.opacity);
  if (zero)
    el(
      "line",
      { x1: box.left, x2: box.right, y1: y(0), y2: y(0), stroke: look.ink, "stroke-width": 1.2 * view.pen },
      group,
    );
  const clip = curtain(view, box, x);
  for (const line of lines)
    course(group, line.values, line.until, x, y, line.look, clip.url, (line.key === "ghost" ? 1.8 : 2.8) * view.pen);
  const more = extra ? extra(group, box, x, y, clip.url) : null;
  const now = el("line", { y1: box.top, y2: box.bottom, stroke: look.faint, "stroke-width": 1 }, group);
  const move = heads(group, view, box, x, y, lines, writer || ((v) => write(v, kind)));
  const point = pointing(view, box, x, say);
  return (quarter) => {
    clip.to(quarter);
    put(now, "x1", x(quarter));
    put(now, "x2", x(quarter));
    if (more) more(quarter);
    move(quarter);
    point(quarter);
  };
}

/** What courses are worth in a quarter: "now 0.52, baseline 0.49". */
export function valuesAt(lines, quarter, kind, writer = write) {
  return [...lines]
    .reverse()
    .filter(({ until }) => quarter < until)
    .map(({ name, values }) => `${name || "now"} ${writer(values[quarter], kind)}`)
    .join(", ");
}
