// What becomes of a measure: from the table to the vote, into force, and into what members really do.

import { timeAxis } from "./axes.js";
import { Deeds, SHOWN, placesOf } from "./deeds.js";
import { picture } from "./frame.js";
import { bothSides } from "./sides.js";
import { curtain } from "./lines.js";
import { legend, legendHeight } from "./legend.js";
import { byMember, tall } from "./rungs.js";
import { Steps, live, lives, story } from "./steps.js";
import { el, fitted, label, put } from "./svg.js";
import { counted, listed, write } from "./words.js";

/** Stages of a measure as a whole: word, strength of its color, share of the row's height. */
const STAGES = [
  ["on the table", 0.1, 0.36],
  ["adopted", 0.28, 0.7],
  ["in force, kept by under half", 0.45, 0.9],
  ["kept by half or more", 0.68, 0.9],
  ["kept by nine in ten", 0.95, 0.9],
  ["settled law", 0.8, 0.22],
];
const [TABLE, ADOPTED, FEW, HALF, MOST, SETTLED] = STAGES.keys();

/** Of what is shown in shades: how many of them, from nobody to all. */
const LEVELS = 8;
const LOST = "rejected, abandoned or expired";

/** How each stage looks: word for the key (not all have one), color, share of the row's height. */
function styles({ look, chosen }) {
  if (chosen.shows === "law")
    return STAGES.map(([word, strength, share]) => ({
      word,
      fill: look.sequential("implementation", strength),
      share,
    }));
  const { words, color, ends } = SHOWN[chosen.shows];
  const shades = Array.from({ length: LEVELS + 1 }, (_, k) => look.sequential(color, 0.1 + (0.9 * k) / LEVELS));
  const said = { 0: `in force, ${words} ${ends[0]}`, [LEVELS / 2]: ends[1], [LEVELS]: ends[2] };
  return [
    { word: "on the table", fill: look.hair, share: 0.36 },
    { word: "adopted", fill: look.faint, opacity: 0.45, share: 0.7 },
    ...shades.map((fill, k) => ({ word: said[k], fill, share: 0.9 })),
    ...shades.map((fill, k) => ({ word: k === LEVELS && "settled law, as it was then", fill, share: 0.22 })),
  ];
}

const SHADES = [
  ["reported", "what is reported"],
  ["gap", "on paper only"],
];

const choices = ({ picked }) => [
  {
    key: "by",
    label: "Measures by",
    options: [
      ["quarters", "quarter"],
      ["members", "member, now"],
    ],
    initial: "quarters",
  },
  {
    key: "shows",
    label: "What is shown of a measure",
    options: [
      ["law", "what binds"],
      ["true", "what is done"],
      ...(picked.by === "members" ? [] : SHADES),
    ],
    initial: "law",
  },
];

const labelRoom = (view) => (view.width > view.em * 30 ? view.em * 8.2 : view.em * 5.6);

function measureRows(view) {
  const life = lives(view.film);
  const rows = [...Array(life.count).keys()].filter((row) => life.tabled[row] < Infinity);
  return {
    life,
    rows: rows.sort(
      (p, q) =>
        view.film.areas.indexOf(life.area(p)) - view.film.areas.indexOf(life.area(q)) ||
        life.tabled[p] - life.tabled[q] ||
        p - q,
    ),
  };
}

const thick = (count, em) => Math.min(Math.max((em * 24) / Math.max(count, 1), 3), em * 1.1);

function height(width, em, view) {
  const count = view.chosen.by === "members" ? view.film.members.length : measureRows(view).rows.length;
  const by = { ...view, steps: new Steps(view.film) };
  const key = view.chosen.by === "members" ? placesOf(by, 0).words : keyOf(view).map(({ word }) => word);
  const high = view.chosen.by === "members" ? tall(count, em) : thick(count, em);
  return Math.ceil(count * high + em * 3 + legendHeight(key, width, em));
}

function draw(view) {
  view.life = lives(view.film);
  view.steps = new Steps(view.film);
  view.deeds = new Deeds(view.film, view.life);
  return view.chosen.by === "members" ? byMember(view) : byQuarter(view);
}

/** Share of those inside at that time that keep a measure, in steps: FEW, HALF, MOST. */
function kept(view, steps, measure, quarter) {
  const full = steps.words.indexOf("in force");
  let [inside, keep] = [0, 0];
  view.film.members.forEach((_, member) => {
    if (!view.inside[quarter][member]) return;
    inside += 1;
    if (steps.at(measure, member) === full) keep += 1;
  });
  if (keep >= 0.9 * inside) return MOST;
  return keep >= 0.5 * inside ? HALF : FEW;
}

/** Spans of each measure: [[row, stage, from, until], ...], `until` the quarter after the last. */
function spans(view) {
  const { film, life } = view;
  view.inside = Array.from({ length: film.until }, (_, quarter) =>
    film.members.map((__, member) => film.inside(quarter, member)),
  );
  const steps = new Steps(film);
  const open = new Map();
  const done = [];
  for (let quarter = 0; quarter < film.until; quarter += 1) {
    steps.to(quarter);
    for (let row = 0; row < life.count; row += 1) {
      const stage = stageOf(view, steps, row, quarter);
      const before = open.get(row);
      if (before && before[1] === stage) continue;
      if (before) done.push([...before, quarter]);
      if (stage === null) open.delete(row);
      else open.set(row, [row, stage, quarter]);
    }
  }
  for (const each of open.values()) done.push([...each, film.until]);
  return done;
}

function stageOf(view, steps, row, quarter) {
  const { life } = view;
  if (quarter < life.tabled[row]) return null;
  const { shows } = view.chosen;
  const level = () => Math.round(LEVELS * Math.min(view.deeds.share(shows, row, quarter) / SHOWN[shows].full, 1)) || 0;
  if (quarter >= life.ended[row]) {
    if (life.fate(row) !== "settled") return null;
    return shows === "law" ? SETTLED : FEW + LEVELS + 1 + level();
  }
  if (quarter >= life.inForce[row]) return shows === "law" ? kept(view, steps, row, quarter) : FEW + level();
  return quarter >= life.adopted[row] ? ADOPTED : TABLE;
}

function byQuarter(view) {
  const { svg, look, em, width, life } = view;
  const { rows } = measureRows(view);
  const high = thick(rows.length, em);
  const box = { left: labelRoom(view), right: width - em, top: em * 0.3, bottom: em * 0.3 + rows.length * high };
  const place = new Map(rows.map((row, k) => [row, box.top + k * high]));
  const group = el("g", {}, svg);
  areaLabels(
    view,
    group,
    rows.map((row) => life.area(row)),
    (k) => box.top + k * high,
    box,
    high,
  );
  const x = timeAxis(view, group, box);
  const clip = curtain(view, box, x);
  const all = spans(view);
  const drawn = el("g", { "clip-path": clip.url }, group);
  styles(view).forEach(({ fill, opacity = 1, share }, stage) => {
    const path = all
      .filter(([, s]) => s === stage)
      .map(([row, , from, until]) => {
        const top = place.get(row) + (high * (1 - share)) / 2;
        const end = Math.min(x(until), box.right + 3);
        const start = x(from).toFixed(1);
        return `M${start} ${top.toFixed(1)}H${end.toFixed(1)}V${(top + high * share).toFixed(1)}H${start}Z`;
      })
      .join("");
    if (path) el("path", { d: path, fill, "fill-opacity": opacity }, drawn);
  });
  const lost = rows.filter((row) => ["rejected", "abandoned", "expired"].includes(life.fate(row)));
  const crosses = lost
    .map((row) => cross(x(life.ended[row]), place.get(row) + high / 2, Math.max(high * 0.45, 2.5)))
    .join("");
  if (crosses) el("path", { d: crosses, fill: "none", stroke: look.b.color, "stroke-width": 2 }, drawn);
  const now = el("line", { y1: box.top, y2: box.bottom, stroke: look.faint }, group);
  stageKey(view, box.bottom + em * 2);
  hovering(view, box, rows, high);
  return (quarter) => {
    view.steps.to(quarter);
    clip.to(quarter);
    put(now, "x1", x(quarter));
    put(now, "x2", x(quarter));
  };
}

const cross = (x, y, r) =>
  `M${(x - r).toFixed(1)} ${(y - r).toFixed(1)}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}`;

function areaLabels(view, parent, areas, at, box, high) {
  const { look, em } = view;
  areas.forEach((area, k) => {
    if (k > 0 && areas[k - 1] === area) return;
    const count = areas.filter((each) => each === area).length;
    el("line", { x1: 0, x2: box.right, y1: at(k), y2: at(k), stroke: look.hair }, parent);
    const size = Math.min(em * 0.9, Math.max(count * high * 0.9, em * 0.62));
    const text = fitted(area, size, box.left - em * 0.4);
    label(parent, 0, at(k) + Math.min(count * high * 0.5 + size * 0.35, size * 1.2), text, { size, fill: look.ink });
  });
}

function hovering(view, box, rows, high) {
  const { svg, life, deeds } = view;
  const pad = el(
    "rect",
    {
      x: box.left,
      y: box.top,
      width: box.right - box.left,
      height: Math.max(box.bottom - box.top, 1),
      fill: "transparent",
    },
    svg,
  );
  pad.addEventListener("pointermove", (event) => {
    const [px, py] = view.pointer(event);
    const row = rows[Math.floor((py - box.top) / high)];
    if (row === undefined || life.tabled[row] > view.steps.quarter) return view.tip("");
    const [done, said] = ["true", "reported"].map((which) => deeds.share(which, row, view.steps.quarter));
    const told = Number.isFinite(done) ? `\ncarried out by ${write(done, "share")}, reported ${write(said, "share")}` : "";
    return view.tip(story(view.film, life, row, view.steps.quarter) + told, px, py);
  });
  pad.addEventListener("pointerleave", () => view.tip(""));
}

const keyOf = (view) => [...styles(view).filter(({ word }) => word), { word: LOST }];

function stageKey(view, top) {
  const { svg, look, em } = view;
  const key = keyOf(view);
  const lost = { fill: "none", stroke: look.b.color, "stroke-width": 2 };
  legend(
    view,
    svg,
    top,
    key.map(({ word }) => word),
    (parent, k, x, y) => {
      const { fill, opacity, share } = key[k];
      if (!fill) el("path", { d: cross(x + em * 0.6, y, em * 0.3), ...lost }, parent);
      else {
        const box = { x, y: y - em * 0.5 * share, width: em * 1.2, height: em * share };
        el("rect", { ...box, fill, "fill-opacity": opacity, stroke: look.hair }, parent);
      }
    },
  );
}

function counts(view, quarter) {
  const { life, film } = view;
  const rows = [...Array(life.count).keys()].filter((row) => life.tabled[row] <= quarter);
  const by = (test) => rows.filter(test).length;
  return {
    tabled: rows.length,
    table: by((row) => quarter < life.adopted[row] && quarter < life.ended[row]),
    waiting: by((row) => quarter >= life.adopted[row] && quarter < life.inForce[row] && quarter < life.ended[row]),
    force: by((row) => quarter >= life.inForce[row] && quarter < life.ended[row]),
    settled: by((row) => quarter >= life.ended[row] && life.fate(row) === "settled"),
    lost: by((row) => quarter >= life.ended[row] && life.fate(row) !== "settled"),
    areas: film.areas,
  };
}

function words(view, quarter) {
  const now = counts(view, quarter);
  const first =
    `${view.film.dates[quarter]}: of ${counted(now.tabled, "measure")} tabled, ${now.table} on the table, ` +
    `${now.waiting} adopted and waiting, ${now.force} in force, ${now.settled} settled, ` +
    `${now.lost} rejected, abandoned or expired.`;
  if (view.chosen.by !== "members") return view.chosen.shows === "law" ? first : `${first} ${farthest(view, quarter)}`;
  view.steps.to(quarter);
  const shown = live(view.life, quarter, view.film.areas);
  const inside = view.film.members.map((_, member) => member).filter((member) => view.film.inside(quarter, member));
  const places = placesOf(view, quarter);
  const wanted = ["in force, overdue", "opted out", "waived", "lapsed", "not yet done", "overdue", "done"];
  const told = wanted
    .map((word) => [word, places.words.indexOf(word)])
    .filter(([, place]) => place >= 0)
    .map(([word, place]) => {
      const held = (row) => inside.filter((member) => places.at(row, member) === place).length;
      return `${word} ${shown.reduce((sum, row) => sum + held(row), 0)}`;
    });
  return `${first} Places on them of those inside: ${listed(told, 9)}.`;
}

/** The measures in force that are done most and least, or that lie farthest from their reports. */
function farthest(view, quarter) {
  const { life, deeds, chosen } = view;
  const found = [...Array(life.count).keys()]
    .filter((row) => life.inForce[row] <= quarter && quarter < life.ended[row])
    .map((row) => [row, deeds.share(chosen.shows, row, quarter)])
    .sort((p, q) => q[1] - p[1]);
  if (!found.length) return "None is in force.";
  const told = ([row, share]) => `measure ${row + 1} (${life.area(row)}, ${write(share, "share")})`;
  const [most, least] = [found[0], found[found.length - 1]];
  return `Of those in force, most ${SHOWN[chosen.shows].words} is ${told(most)}, least ${told(least)}.`;
}

function numbers(view, quarter) {
  const { film, life, steps, deeds } = view;
  steps.to(quarter);
  const places = placesOf(view, quarter);
  if (view.chosen.by === "members") {
    const shown = live(life, quarter, film.areas);
    const rows = shown.map((row) => [
      row + 1,
      life.area(row),
      ...film.members.map((_, member) => places.words[places.at(row, member)]),
    ]);
    return { columns: ["measure", "area", ...film.members.map(({ iso3 }) => iso3)], rows };
  }
  const date = (when) => (when <= quarter ? film.dates[when] : null);
  const rows = [...Array(life.count).keys()]
    .filter((row) => life.tabled[row] <= quarter)
    .map((row) => [
      row + 1,
      life.area(row),
      date(life.tabled[row]),
      date(life.adopted[row]),
      date(life.inForce[row]),
      date(life.ended[row]),
      life.ended[row] <= quarter ? life.fate(row) : "",
      deeds.share("true", row, quarter),
      deeds.share("reported", row, quarter),
    ]);
  const columns = ["measure", "area", "tabled", "adopted", "in force", "ended", "fate", "carried out", "reported"];
  return { columns, rows };
}

export default picture(bothSides({ name: "ladder", title: "The ladder of measures", choices, height, draw, words, numbers }, 20));
