// Round numbers up the side, whole years along the bottom: scales and axes of the pictures through time.

import { el, label } from "./svg.js";

/** A function from data to pixels, with `low`, `high`, and `back` from pixels to data. */
export function linear(low, high, from, to) {
  const span = high - low || 1;
  const scale = (v) => from + ((v - low) / span) * (to - from);
  return Object.assign(scale, { low, high, back: (p) => low + ((p - from) / (to - from || 1)) * span });
}

/** Least and greatest finite number of some arrays; [0, 1] of none. */
export function extremes(arrays) {
  let [low, high] = [Infinity, -Infinity];
  for (const values of arrays) {
    for (const v of values || []) {
      if (!Number.isFinite(v)) continue;
      if (v < low) low = v;
      if (v > high) high = v;
    }
  }
  return low <= high ? [low, high] : [0, 1];
}

/** Limits a little wider than the data, never narrower than `least`, within `bounds` where the data are. */
export function room([low, high], least, bounds = [-Infinity, Infinity], share = 0.06) {
  const middle = (low + high) / 2;
  const half = (Math.max(high - low, least) / 2) * (1 + 2 * share);
  let [bottom, top] = [middle - half, middle + half];
  if (low >= bounds[0] && bottom < bounds[0]) [bottom, top] = [bounds[0], Math.max(top, bounds[0] + least)];
  if (high <= bounds[1] && top > bounds[1]) top = bounds[1];
  return [bottom, top];
}

/** Round numbers between two limits, `most` at most. */
export function ticks(low, high, most, whole = false) {
  const raw = (high - low) / Math.max(most, 1);
  const power = 10 ** Math.floor(Math.log10(raw || 1));
  let step = [1, 2, 2.5, 5, 10].map((k) => k * power).find((s) => s >= raw * 0.999) || power;
  if (whole) step = Math.max(Math.ceil(step), 1);
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k += 1) found.push(k * step);
  return found.map((v) => (Math.abs(v) < step * 1e-9 ? 0 : v));
}

/** Places near the wanted ones, in their order, at least `gap` apart and within limits if they fit. */
export function spread(wanted, gap, low, high) {
  const order = [...wanted.keys()].sort((p, q) => wanted[p] - wanted[q]);
  const placed = [...wanted];
  let floor = low;
  for (const k of order) {
    placed[k] = Math.max(wanted[k], floor);
    floor = placed[k] + gap;
  }
  let ceiling = high;
  for (const k of order.reverse()) {
    placed[k] = Math.min(placed[k], ceiling);
    ceiling = placed[k] - gap;
  }
  return placed;
}

/** Quarters that open a year worth a label, with the year: [[quarter, "2015"], ...]. */
export function years(dates, most) {
  const opens = dates.map((date, quarter) => [quarter, date]).filter(([, date]) => date.endsWith("Q1"));
  const step = [1, 2, 5, 10, 20, 50, 100].find((s) => opens.length / s <= most) || 100;
  const round = opens.map(([quarter, date]) => [quarter, date.slice(0, 4)]).filter(([, year]) => year % step === 0);
  return round.length ? round : [[0, dates[0].slice(0, 4)]];
}

/** Draws years along the bottom of a box {left, right, top, bottom} and gives the scale of quarters. */
export function timeAxis(view, parent, box, { words = true } = {}) {
  const { film, look, small } = view;
  const scale = linear(0, Math.max(film.quarters - 1, 1), box.left, box.right);
  el("line", { x1: box.left, x2: box.right, y1: box.bottom, y2: box.bottom, stroke: look.faint }, parent);
  const most = Math.max(Math.floor((box.right - box.left) / (small * 4.2)), 1);
  for (const [quarter, year] of years(film.dates, most)) {
    const x = scale(quarter);
    el("line", { x1: x, x2: x, y1: box.bottom, y2: box.bottom + 4, stroke: look.faint }, parent);
    if (words) label(parent, x, box.bottom + 5 + small, year, { size: small, fill: look.soft, anchor: "middle" });
  }
  return scale;
}

/** Draws round numbers with a hairline each up the left of a box and gives the scale of values. */
export function valueAxis(view, parent, box, limits, write, { whole = false, most = 4 } = {}) {
  const { look, small } = view;
  const scale = linear(limits[0], limits[1], box.bottom, box.top);
  const fit = Math.min(most, Math.max(Math.floor((box.bottom - box.top) / (small * 2)), 1));
  for (const v of ticks(limits[0], limits[1], fit, whole)) {
    const y = scale(v);
    el("line", { x1: box.left, x2: box.right, y1: y, y2: y, stroke: look.hair }, parent);
    label(parent, box.left - 6, y + small * 0.35, write(v), { size: small, fill: look.soft, anchor: "end" });
  }
  return scale;
}
