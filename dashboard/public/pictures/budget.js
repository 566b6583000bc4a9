// Money: what comes in, what levers ask for, what is spent, what is left, and who is behind with its dues.

import { extremes, room } from "./axes.js";
import { steady } from "./courses.js";
import { picture } from "./frame.js";
import { panel, sheet, valuesAt } from "./panel.js";
import { drawUses, usesHeight, usesNumbers, usesWords } from "./uses.js";
import { counted, kindOf, listed, tick, write } from "./words.js";

/** Above this, in quarters of dues, a member counts as behind. */
const BEHIND = 0.05;

const choices = () => [
  {
    key: "shows",
    label: "What is shown of the money",
    options: [
      ["flows", "in and out"],
      ["uses", "what it is spent on"],
    ],
    initial: "flows",
  },
];

const onWhat = (view) => view.chosen.shows === "uses";

const money = (film, name) => film.values(`budget.${name}`) || film.line(name);

/** Charts of the sheet: the flows together, then what is on another scale. */
function charts(view) {
  const { film, b, look } = view;
  const flows = [
    ["revenue", "revenue", look.looks[0]],
    ["requested", "asked", look.looks[4]],
    ["spent", "spent", look.looks[1]],
  ];
  const found = [];
  const of = (from, name, how, word, key = "a") => ({
    key,
    name: word,
    values: money(from, name),
    until: from.until,
    look: how,
  });
  const first = flows.filter(([name]) => money(film, name)).map(([name, word, how]) => of(film, name, how, word));
  if (first.length)
    found.push({
      title: "Revenue, requests, spending",
      kind: "index",
      lines: first,
      names: first.map(({ name }) => name),
    });
  for (const [name, least] of [
    ["reserve", 0.5],
    ["coverage", 0.1],
  ]) {
    if (!money(film, name)) continue;
    const kind = name === "coverage" ? "share" : kindOf({ unit: "index" });
    const lines = [
      ...(b && money(b, name) ? [of(b, name, look.b, "B", "b")] : []),
      of(film, name, look.a, b ? "A" : ""),
    ];
    found.push({
      title: name === "reserve" ? "Reserve, quarters of dues" : "Requests that are paid",
      kind,
      lines,
      least,
      names: lines.map((line) => line.name || "now"),
    });
  }
  const arrears = behind(film);
  if (arrears) {
    const lines = [
      ...(b ? [{ key: "b", name: "B", values: behind(b), until: b.until, look: look.b }] : []),
      { key: "a", name: b ? "A" : "", values: arrears, until: film.until, look: look.a },
    ];
    found.push({ title: "Members in arrears", kind: "count", lines, least: 4, names: ["members"] });
  }
  return found;
}

/** How many members owe dues, quarter by quarter. */
function behind(film) {
  const values = film.values("members.arrears");
  const count = film.members.length;
  if (!values) return null;
  return Array.from(
    { length: film.until },
    (_, quarter) =>
      film.members.filter((__, row) => values[quarter * count + row] > BEHIND && film.inside(quarter, row)).length,
  );
}

function draw(view) {
  if (onWhat(view)) return drawUses(view);
  const all = charts(view);
  const places = sheet(all.length, view.width, view.em, { tall: 13 });
  const steps = all.map((chart, k) => {
    const least = chart.least || 0.2;
    const limits = steady(
      view,
      `${view.film.header.scenario} ${chart.title}`,
      room(extremes([...chart.lines.map((line) => line.values), [0]]), least, [0, Infinity]),
    );
    return panel(view, places.place(k), {
      title: chart.title,
      kind: chart.kind,
      limits,
      lines: chart.lines,
      words: false,
      say: (quarter) => `${view.film.dates[quarter]}: ${valuesAt(chart.lines, quarter, chart.kind)}`,
    });
  });
  return (quarter) => steps.forEach((step) => step(quarter));
}

function words(view, quarter) {
  if (onWhat(view)) return usesWords(view, quarter);
  const { film } = view;
  const value = (name) => (money(film, name) ? money(film, name)[quarter] : NaN);
  const owing = film.members
    .map((member, row) => [member.name, film.at("arrears", quarter, row), film.inside(quarter, row)])
    .filter(([, owed, inside]) => inside && owed > BEHIND)
    .sort((p, q) => q[1] - p[1]);
  const share = Number.isFinite(value("coverage"))
    ? ` ${write(value("coverage"), "share")} of what levers ask for is paid.`
    : "";
  const dues = owing.length
    ? `${counted(owing.length, "member")} behind with dues, most of all ${listed(
        owing.slice(0, 3).map(([name, owed]) => `${name} (${tick(owed, "index")} quarters)`),
        3,
      )}.`
    : "Nobody is behind with dues.";
  const flows = ["revenue", "spent", "reserve"].map((name) => `${name} ${write(value(name), "index")}`);
  return `${film.dates[quarter]}: ${flows.join(", ")} quarters of dues.${share} ${dues}`;
}

function numbers(view, quarter) {
  if (onWhat(view)) return usesNumbers(view, quarter);
  const { film, b } = view;
  const names = ["revenue", "requested", "spent", "reserve", "coverage", "held"].filter((name) => money(film, name));
  const owing = behind(film) || [];
  const inB = b ? names.filter((name) => money(b, name)) : [];
  const columns = ["quarter", ...names, "members behind", ...inB.map((name) => `${name} in B`)];
  const rows = Array.from({ length: quarter + 1 }, (_, q) => [
    film.dates[q],
    ...names.map((name) => money(film, name)[q]),
    owing[q] ?? null,
    ...inB.map((name) => (q < b.until ? money(b, name)[q] : null)),
  ]);
  return { columns, rows };
}

export default picture({
  name: "budget",
  title: "The budget",
  choices,
  spread: (view) => !view.b && !view.ghost, // else the differences stand beside it
  height: (width, em, view) =>
    onWhat(view) ? usesHeight({ ...view, em }) : sheet(charts({ ...view, width }).length, width, em, { tall: 13 }).height,
  draw,
  words,
  numbers,
});
