// One run is one story of many: the current course runs through the range of fifty others under other luck.

import { picture } from "./frame.js";
import { timeAxis, valueAxis } from "./axes.js";
import { compared, fanOf, kindOfSeries, limitsOf, linesOf } from "./courses.js";
import { band, course, curtain, heads, pointing, shocks } from "./lines.js";
import { el, label, put } from "./svg.js";
import { moved, tick, write } from "./words.js";

const FIRST = ["trust", "integration", "respect"];
const RUG = 2;

function choices({ film }) {
  const three = FIRST.filter((name) => film.line(name));
  const each = film.series.map((name) => [name, film.label(name)]);
  return [{
    key: "series", label: "Series", initial: "three",
    options: [["three", three.map((name) => film.label(name)).join(", ")], ...each],
  }];
}

function shownIn(view) {
  return view.chosen.series === "three" ? FIRST.filter((name) => view.film.line(name)) : [view.chosen.series];
}

/** One above the other on a phone, side by side where there is room. */
function cells(view) {
  const names = shownIn(view);
  const { width, em } = view;
  const columns = Math.max(Math.min(names.length, Math.floor(width / (em * 19))), 1);
  const rows = Math.ceil(names.length / columns);
  const tall = names.length > 1 ? em * 14 : Math.min(Math.max(width * 0.5, em * 16), em * 26);
  return { names, columns, rows, tall, wide: width / columns };
}

function draw(view) {
  const { names, columns, tall, wide } = cells(view);
  const steps = names.map((series, k) => {
    const [left, top] = [(k % columns) * wide, Math.floor(k / columns) * tall];
    return panel(view, series, { left, top, wide, tall });
  });
  return (quarter) => steps.forEach((step) => step(quarter));
}

function panel(view, series, { left, top, wide, tall }) {
  const { svg, film, look, em } = view;
  const kind = kindOfSeries(view, series);
  const edge = left + wide - 2;
  const box = { left: left + em * 3.1, right: edge - em * 5.2, top: top + em * 2.4, bottom: top + tall - em * 2.2, edge };
  const group = el("g", { class: "panel", "data-series": series }, svg);
  label(group, left + 2, top + em * 1.1, film.label(series), { size: em, fill: look.ink, weight: 700 });
  const y = valueAxis(view, group, box, limitsOf(view, series), (v) => tick(v, kind), { whole: kind === "count" });
  const x = timeAxis(view, group, box);
  shocks(group, view, box, x, { words: names(view) });
  for (const [which, how] of [["b", look.b], ["a", look.a]]) {
    const fan = fanOf(view, which, series);
    if (!fan) continue;
    band(group, fan.q05, fan.q95, x, y, how.color, 0.13);
    band(group, fan.q25, fan.q75, x, y, how.color, 0.2);
  }
  const clip = curtain(view, box, x);
  const lines = linesOf(view, series);
  for (const line of lines) course(group, line.values, line.until, x, y, line.look, clip.url, line.key === "ghost" ? 1.8 : 2.8);
  const rug = elections(view, group, box, x, clip.url);
  const point = pointing(view, box, x, (quarter) => told(view, series, quarter));
  const move = heads(group, view, box, x, y, lines, (v) => write(v, kind));
  const now = el("line", { y1: box.top, y2: box.bottom, stroke: look.faint, "stroke-width": 1 }, group);
  return (quarter) => {
    clip.to(quarter);
    put(now, "x1", x(quarter));
    put(now, "x2", x(quarter));
    rug(quarter);
    move(quarter);
    point(quarter);
  };
}

const names = (view) => view.chosen.series !== "three" || view.width > view.em * 30;

/** Elections of the selected member as ticks along the bottom; great events of the region as longer ones. */
function elections(view, parent, box, x, clip) {
  const { film, look, stage } = view;
  const group = el("g", { "clip-path": clip }, parent);
  let drawn = null;
  return () => {
    if (drawn === stage.selected) return;
    drawn = stage.selected;
    group.replaceChildren();
    const row = film.rows.get(drawn);
    for (const event of film.events) {
      const vote = event.event === "election" && event.member === row;
      if (!vote && (event.weight || 0) <= RUG) continue;
      const [color, long] = vote ? [look.soft, 8] : [look.ink, 12];
      el("line", { x1: x(event.quarter), x2: x(event.quarter), y1: box.bottom - long, y2: box.bottom, stroke: color, "stroke-width": 2 }, group);
    }
  };
}

function told(view, series, quarter) {
  const kind = kindOfSeries(view, series);
  const lines = [...linesOf(view, series)].reverse();
  const said = lines.filter(({ until }) => quarter < until).map(({ key, name, values }) => `${name || (key === "a" ? "now" : key)} ${write(values[quarter], kind)}`);
  const fan = fanOf(view, "a", series);
  const range = fan ? `\nnine in ten runs: ${write(fan.q05[quarter], kind)} to ${write(fan.q95[quarter], kind)}` : "";
  const what = view.film.events.filter((event) => event.quarter === quarter && (event.weight || 0) > RUG && event.text).map((event) => `\n${event.text}`);
  return `${view.film.dates[quarter]}: ${said.join(", ")}${range}${what.slice(0, 3).join("")}`;
}

function words(view, quarter) {
  const { film } = view;
  const parts = shownIn(view).map((series) => {
    const values = film.line(series);
    return `${film.label(series)} ${compared(view, series, quarter)}; since ${film.dates[0]} it ${moved(values[0], values[quarter], kindOfSeries(view, series))}${where(view, series, quarter)}`;
  });
  return `${film.dates[quarter]}: ${parts.join(". ")}.`;
}

/** Where the run lies among the background runs. */
function where(view, series, quarter) {
  const fan = fanOf(view, "a", series);
  if (!fan) return "";
  const v = view.film.line(series)[quarter];
  if (v < fan.q05[quarter]) return ", below nine in ten background runs";
  if (v > fan.q95[quarter]) return ", above nine in ten background runs";
  const middle = v >= fan.q25[quarter] && v <= fan.q75[quarter];
  return middle ? ", in the middle half of the background runs" : ", within the range of the background runs";
}

function numbers(view, quarter) {
  const columns = ["quarter"];
  const fields = [];
  for (const series of shownIn(view)) {
    for (const line of [...linesOf(view, series)].reverse()) {
      columns.push(line.key === "a" ? series : `${series} ${line.key === "b" ? "in B" : "baseline"}`);
      fields.push((q) => (q < line.until ? line.values[q] : null));
    }
    const fan = fanOf(view, "a", series);
    if (!fan) continue;
    for (const part of ["q05", "q25", "q75", "q95"]) {
      columns.push(`${series} ${part}`);
      fields.push((q) => fan[part][q]);
    }
  }
  const rows = Array.from({ length: quarter + 1 }, (_, q) => [view.film.dates[q], ...fields.map((field) => field(q))]);
  return { columns, rows };
}

export default picture({
  name: "fan",
  title: "The run among others",
  choices,
  height: (width, em, view) => {
    const { rows, tall } = cells({ ...view, width, em });
    return Math.ceil(rows * tall);
  },
  draw,
  words,
  numbers,
});
