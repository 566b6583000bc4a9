// What becomes of a measure: from the table to the vote, into force, and into what members really do.

import { timeAxis } from "./axes.js";
import { picture } from "./frame.js";
import { curtain } from "./lines.js";
import { legend, legendHeight } from "./legend.js";
import { Steps, live, lives } from "./steps.js";
import { el, fitted, label, put } from "./svg.js";
import { counted, listed } from "./words.js";

/** Stages of a measure as a whole: word, strength of its color, share of the row's height. */
const STAGES = [
  ["on the table", 0.1, 0.36], ["adopted", 0.28, 0.7], ["in force, kept by under half", 0.45, 0.9],
  ["kept by half or more", 0.68, 0.9], ["kept by nine in ten", 0.95, 0.9], ["settled law", 0.8, 0.22],
];
const [TABLE, ADOPTED, FEW, HALF, MOST, SETTLED] = STAGES.keys();

/** How a member's rung looks: strength of color (null: outline alone), and a form that is told apart in gray. */
const FORMS = {
  "not party": [0.12, "dot"], party: [0.35, "low"], "in force": [0.95, "full"], "in force, overdue": [0.62, "corner"],
  "in force in part": [0.78, "half"], "opted out": [null, "ring"], waived: [0.5, "bar"], lapsed: [null, "cross"],
};

const KEY = [...STAGES, ["rejected, abandoned or expired", null, 0]];
const rungs = (film) => (film.info("ladder.rung") || {}).words || [];

const choices = () => [{
  key: "by", label: "Measures by", options: [["quarters", "quarter"], ["members", "member, now"]], initial: "quarters",
}];

const labelRoom = (view) => (view.width > view.em * 30 ? view.em * 8.2 : view.em * 5.6);

function measureRows(view) {
  const life = lives(view.film);
  const rows = [...Array(life.count).keys()].filter((row) => life.tabled[row] < Infinity);
  return { life, rows: rows.sort((p, q) => view.film.areas.indexOf(life.area(p)) - view.film.areas.indexOf(life.area(q)) || life.tabled[p] - life.tabled[q] || p - q) };
}

const thick = (count, em) => Math.min(Math.max((em * 30) / Math.max(count, 1), 3), em * 1.1);
const tall = (count, em) => Math.min(Math.max((em * 34) / Math.max(count, 1), em * 0.74), em * 1.1);

function height(width, em, view) {
  const count = view.chosen.by === "members" ? view.film.members.length : measureRows(view).rows.length;
  const key = view.chosen.by === "members" ? rungs(view.film) : KEY.map(([word]) => word);
  const high = view.chosen.by === "members" ? tall(count, em) : thick(count, em);
  return Math.ceil(count * high + em * 3 + legendHeight(key, width, em));
}

function draw(view) {
  view.life = lives(view.film);
  view.steps = new Steps(view.film);
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
  view.inside = Array.from({ length: film.until }, (_, quarter) => film.members.map((__, member) => film.inside(quarter, member)));
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
  if (quarter >= life.ended[row]) return life.fate(row) === "settled" ? SETTLED : null;
  if (quarter >= life.inForce[row]) return kept(view, steps, row, quarter);
  return quarter >= life.adopted[row] ? ADOPTED : TABLE;
}

function byQuarter(view) {
  const { svg, look, em, width, life } = view;
  const { rows } = measureRows(view);
  const high = thick(rows.length, em);
  const box = { left: labelRoom(view), right: width - em, top: em * 0.3, bottom: em * 0.3 + rows.length * high };
  const place = new Map(rows.map((row, k) => [row, box.top + k * high]));
  const group = el("g", {}, svg);
  areaLabels(view, group, rows.map((row) => life.area(row)), (k) => box.top + k * high, box, high);
  const x = timeAxis(view, group, box);
  const clip = curtain(view, box, x);
  const all = spans(view);
  const drawn = el("g", { "clip-path": clip.url }, group);
  STAGES.forEach(([, strength, share], stage) => {
    const path = all.filter(([, s]) => s === stage).map(([row, , from, until]) => {
      const top = place.get(row) + (high * (1 - share)) / 2;
      const end = Math.min(x(until), box.right + 3);
      return `M${x(from).toFixed(1)} ${top.toFixed(1)}H${end.toFixed(1)}V${(top + high * share).toFixed(1)}H${x(from).toFixed(1)}Z`;
    }).join("");
    if (path) el("path", { d: path, fill: look.sequential("implementation", strength) }, drawn);
  });
  const lost = rows.filter((row) => ["rejected", "abandoned", "expired"].includes(life.fate(row)));
  const crosses = lost.map((row) => cross(x(life.ended[row]), place.get(row) + high / 2, Math.max(high * 0.45, 2.5))).join("");
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

const cross = (x, y, r) => `M${(x - r).toFixed(1)} ${(y - r).toFixed(1)}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}`;

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
  const { svg, life } = view;
  const pad = el("rect", { x: box.left, y: box.top, width: box.right - box.left, height: Math.max(box.bottom - box.top, 1), fill: "transparent" }, svg);
  pad.addEventListener("pointermove", (event) => {
    const seen = svg.getBoundingClientRect();
    const [px, py] = [event.clientX - seen.left, event.clientY - seen.top];
    const row = rows[Math.floor((py - box.top) / high)];
    if (row === undefined || life.tabled[row] > view.steps.quarter) return view.tip("");
    return view.tip(story(view, row), px, py);
  });
  pad.addEventListener("pointerleave", () => view.tip(""));
}

/** What has become of a measure by now. */
function story(view, row) {
  const { film, life, steps } = view;
  const told = [["tabled", life.tabled], ["adopted", life.adopted], ["in force", life.inForce], [life.fate(row), life.ended]]
    .filter(([, when]) => when[row] <= steps.quarter).map(([word, when]) => `${word} ${film.dates[when[row]]}`);
  return `Measure ${row + 1}, ${life.area(row)}: ${told.join(", ")}`;
}

function stageKey(view, top) {
  const { svg, look, em } = view;
  legend(view, svg, top, KEY.map(([word]) => word), (parent, k, x, y) => {
    const [, strength, share] = KEY[k];
    if (strength === null) el("path", { d: cross(x + em * 0.6, y, em * 0.3), fill: "none", stroke: look.b.color, "stroke-width": 2 }, parent);
    else el("rect", { x, y: y - em * 0.5 * share, width: em * 1.2, height: em * share, fill: look.sequential("implementation", strength), stroke: look.hair }, parent);
  });
}

/** The path of one cell in the form of a rung. */
function cell(form, x, y, w, h) {
  const [a, b, c, d] = [x + w * 0.08, y + h * 0.08, w * 0.84, h * 0.84].map((v) => Math.round(v * 10) / 10);
  const box = (left, top, across, down) => `M${left} ${top}h${across}v${down}h${-across}z`;
  if (form === "dot") return box(a + c * 0.38, b + d * 0.38, c * 0.24, d * 0.24);
  if (form === "low") return box(a, b + d * 0.55, c, d * 0.45);
  if (form === "half") return box(a, b, c, d * 0.62);
  if (form === "bar") return box(a + c * 0.33, b, c * 0.34, d);
  if (form === "corner") return `M${a} ${b}h${c}l${-c} ${d}z`;
  if (form === "ring") return box(a, b, c, d) + `M${a + c * 0.25} ${b + d * 0.25}v${d * 0.5}h${c * 0.5}v${-d * 0.5}z`;
  if (form === "cross") return `M${a} ${b}l${c} ${d}l${-c * 0.2} 0l${-c * 0.8} ${-d * 0.8}zM${a + c} ${b}l${-c} ${d}l${c * 0.2} 0l${c * 0.8} ${-d * 0.8}z`;
  return box(a, b, c, d);
}

function byMember(view) {
  const { svg, film, look, em, width, life, steps } = view;
  const count = film.members.length;
  const high = tall(count, em);
  const size = Math.min(high * 0.95, em * 0.85);
  const box = { left: em * 3, right: width - 4, top: em * 1.6, bottom: em * 1.6 + count * high };
  const group = el("g", {}, svg);
  film.members.forEach((member, k) => label(group, 0, box.top + (k + 0.5) * high + size * 0.35, member.iso3, { size, fill: look.ink }));
  const heads = el("g", {}, group);
  const color = ([strength]) => (strength === null ? look.b.color : look.sequential("implementation", strength));
  const paths = steps.words.map((word) => el("path", { fill: color(FORMS[word] || [0.5, "full"]) }, group));
  rungKey(view, box.bottom + em * 0.8, color);
  const pad = el("rect", { x: box.left, y: box.top, width: box.right - box.left, height: count * high, fill: "transparent" }, svg);
  let shown = [];
  let across = 1;
  pad.addEventListener("pointermove", (event) => {
    const seen = svg.getBoundingClientRect();
    const [px, py] = [event.clientX - seen.left, event.clientY - seen.top];
    const [row, member] = [shown[Math.floor((px - box.left) / across)], Math.floor((py - box.top) / high)];
    if (row === undefined || !film.members[member]) return view.tip("");
    return view.tip(`${film.members[member].name}: ${steps.words[steps.at(row, member)]}\n${story(view, row)}`, px, py);
  });
  pad.addEventListener("pointerleave", () => view.tip(""));
  return (quarter) => {
    steps.to(quarter);
    shown = live(life, quarter, film.areas);
    across = Math.min((box.right - box.left) / Math.max(shown.length, 1), em * 1.6);
    const drawn = steps.words.map(() => "");
    shown.forEach((row, k) => film.members.forEach((_, member) => {
      const rung = steps.at(row, member);
      drawn[rung] += cell((FORMS[steps.words[rung]] || [0, "full"])[1], box.left + k * across, box.top + member * high, across, high);
    }));
    paths.forEach((path, rung) => put(path, "d", drawn[rung] || "M0 0"));
    columnHeads(view, heads, shown, box, across);
  };
}

function columnHeads(view, heads, shown, box, across) {
  const { look, em, life } = view;
  const areas = shown.map((row) => life.area(row));
  const now = areas.join("|") + across;
  if (view.headed === now) return;
  view.headed = now;
  heads.replaceChildren();
  areas.forEach((area, k) => {
    if (k > 0 && areas[k - 1] === area) return;
    const room = areas.filter((each) => each === area).length * across;
    const x = box.left + k * across;
    el("line", { x1: x, x2: x, y1: box.top - em * 0.4, y2: box.bottom, stroke: look.faint }, heads);
    label(heads, x + 2, box.top - em * 0.5, fitted(area, em * 0.8, room), { size: em * 0.8, fill: look.ink });
  });
}

function rungKey(view, top, color) {
  const { svg, em, steps } = view;
  legend(view, svg, top, steps.words, (parent, k, x, y) => {
    const form = FORMS[steps.words[k]] || [0.5, "full"];
    el("path", { d: cell(form[1], x, y - em * 0.5, em, em), fill: color(form) }, parent);
  });
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
  const first = `${view.film.dates[quarter]}: of ${counted(now.tabled, "measure")} tabled, ${now.table} on the table, ${now.waiting} adopted and waiting, ${now.force} in force, ${now.settled} settled, ${now.lost} rejected, abandoned or expired.`;
  if (view.chosen.by !== "members") return first;
  const steps = view.steps.to(quarter);
  const shown = live(view.life, quarter, view.film.areas);
  const late = ["in force, overdue", "opted out", "waived", "lapsed"].map((word) => {
    const rung = steps.words.indexOf(word);
    return `${word} ${shown.reduce((sum, row) => sum + view.film.members.filter((_, member) => steps.at(row, member) === rung && view.film.inside(quarter, member)).length, 0)}`;
  });
  return `${first} Places on them of those inside: ${listed(late, 9)}.`;
}

function numbers(view, quarter) {
  const { film, life, steps } = view;
  steps.to(quarter);
  if (view.chosen.by === "members") {
    const shown = live(life, quarter, film.areas);
    const rows = shown.map((row) => [row + 1, life.area(row), ...film.members.map((_, member) => steps.words[steps.at(row, member)])]);
    return { columns: ["measure", "area", ...film.members.map(({ iso3 }) => iso3)], rows };
  }
  const date = (when) => (when <= quarter ? film.dates[when] : null);
  const rows = [...Array(life.count).keys()].filter((row) => life.tabled[row] <= quarter).map((row) => [
    row + 1, life.area(row), date(life.tabled[row]), date(life.adopted[row]), date(life.inForce[row]), date(life.ended[row]),
    life.ended[row] <= quarter ? life.fate(row) : "",
  ]);
  return { columns: ["measure", "area", "tabled", "adopted", "in force", "ended", "fate"], rows };
}

export default picture({ name: "ladder", title: "The ladder of measures", choices, height, draw, words, numbers });
