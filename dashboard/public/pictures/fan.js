// One run is one story of many: the current course runs through the range of fifty others under other luck.

import { picture } from "./frame.js";
import { compared, fanOf, kindOfSeries, limitsOf, linesOf } from "./courses.js";
import { panel, sheet, valuesAt } from "./panel.js";
import { el } from "./svg.js";
import { moved, write } from "./words.js";

const FIRST = ["trust", "integration", "respect"];
const RUG = 2;

function choices({ film }) {
  const each = film.series.map((name) => [name, film.label(name)]);
  return [
    { key: "series", label: "Series", initial: "three", options: [["three", "Trust, integration, respect"], ...each] },
  ];
}

function shownIn(view) {
  return view.chosen.series === "three" ? FIRST.filter((name) => view.film.line(name)) : [view.chosen.series];
}

function draw(view) {
  const names = shownIn(view);
  const places = sheet(names.length, view.width, view.em);
  const steps = names.map((series, k) =>
    panel(view, places.place(k), {
      title: view.film.label(series),
      kind: kindOfSeries(view, series),
      limits: limitsOf(view, series),
      lines: linesOf(view, series),
      bands: bandsOf(view, series),
      say: (quarter) => told(view, series, quarter),
      extra: (group, box, x, y, clip) => elections(view, group, box, x, clip),
    }),
  );
  return (quarter) => steps.forEach((step) => step(quarter));
}

/** Nine in ten background runs, and the middle half of them, of A and of B. */
function bandsOf(view, series) {
  return [
    ["b", view.look.b],
    ["a", view.look.a],
  ].flatMap(([which, { color }]) => {
    const fan = fanOf(view, which, series);
    if (!fan) return [];
    return [
      { low: fan.q05, high: fan.q95, color, opacity: 0.13 },
      { low: fan.q25, high: fan.q75, color, opacity: 0.2 },
    ];
  });
}

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
      el(
        "line",
        {
          x1: x(event.quarter),
          x2: x(event.quarter),
          y1: box.bottom - long,
          y2: box.bottom,
          stroke: color,
          "stroke-width": 2,
        },
        group,
      );
    }
  };
}

function told(view, series, quarter) {
  const kind = kindOfSeries(view, series);
  const said = valuesAt(linesOf(view, series), quarter, kind);
  const fan = fanOf(view, "a", series);
  const range = fan ? `\nnine in ten runs: ${write(fan.q05[quarter], kind)} to ${write(fan.q95[quarter], kind)}` : "";
  const what = view.film.events
    .filter((event) => event.quarter === quarter && (event.weight || 0) > RUG && event.text)
    .map((event) => `\n${event.text}`);
  return `${view.film.dates[quarter]}: ${said}${range}${what.slice(0, 3).join("")}`;
}

function words(view, quarter) {
  const { film } = view;
  const parts = shownIn(view).map((series) => {
    const values = film.line(series);
    const course = moved(values[0], values[quarter], kindOfSeries(view, series));
    const now = `${film.label(series)} ${compared(view, series, quarter)}`;
    return `${now}; since ${film.dates[0]} it ${course}${where(view, series, quarter)}`;
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
  wide: true,
  choices,
  height: (width, em, view) => sheet(shownIn(view).length, width, em).height,
  draw,
  words,
  numbers,
});
