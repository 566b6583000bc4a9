// A lane for each member: what befell it and what it did, each mark a way to ask why.

import { timeAxis } from "./axes.js";
import { picture } from "./frame.js";
import { bothSides } from "./sides.js";
import { legend, legendHeight } from "./legend.js";
import { curtain } from "./lines.js";
import { el, fitted, label, put, shape, show } from "./svg.js";
import { counted, happening, listed } from "./words.js";

/** How kinds of events are marked: shape, half-width in shares of the lane, look, the group in the key. */
const MARKS = {
  exit: ["cross", 0.46, "bad", "leaves"],
  notice: ["down", 0.4, "bad", "gives notice"],
  threat: ["triangle", 0.38, "bad", "threatens to leave"],
  threat_with_demand: ["triangle", 0.38, "bad", "threatens to leave"],
  suspension: ["square", 0.4, "ink", "suspended"],
  coup: ["diamond", 0.44, "ink", "coup"],
  accession: ["plus", 0.42, "good", "joins or comes back"],
  return: ["plus", 0.42, "good", "joins or comes back"],
  readmission: ["plus", 0.42, "good", "joins or comes back"],
  concession: ["diamond", 0.36, "good", "demand met, threat dropped"],
  threat_dropped: ["diamond", 0.36, "good", "demand met, threat dropped"],
  notice_withdrawn: ["diamond", 0.36, "good", "demand met, threat dropped"],
  refusal: ["down", 0.3, "soft", "demand refused"],
  ruling: ["square", 0.17, "rule", "adverse ruling"],
  opt_out: ["circle", 0.19, "opt", "opts out or defers"],
  deferral: ["circle", 0.19, "opt", "opts out or defers"],
  waiver: ["triangle", 0.19, "waive", "gets a waiver"],
  lapse: ["cross", 0.19, "soft", "lets a measure lapse"],
};

function paint(look, name) {
  const named = {
    rule: look.looks[4].color,
    opt: look.looks[3].color,
    waive: look.looks[0].color,
    bad: look.b.color,
    good: look.looks[2].color,
  };
  return named[name] || look[name];
}

const choices = () => [
  {
    key: "which",
    label: "Events",
    initial: "all",
    options: [
      ["all", "all"],
      ["great", "great ones only"],
    ],
  },
];

const laneHeight = (view) =>
  Math.max(Math.min((view.em * 34) / view.film.members.length, view.em * 1.5), view.em * 0.85);

/** Events of members that have a mark, in the order of time. */
function eventsOf(view) {
  const least = view.chosen.which === "great" ? 0.25 : 0;
  return view.film.events.filter(
    (event) => event.member !== null && MARKS[event.event] && MARKS[event.event][1] > least,
  );
}

function keyOf(view) {
  const events = eventsOf(view);
  const found = new Map();
  for (const { event } of events) if (!found.has(MARKS[event][3])) found.set(MARKS[event][3], MARKS[event]);
  return [...found.values()];
}

function layout(view) {
  const { film, em, width } = view;
  const lane = laneHeight(view);
  const left = width > em * 32 ? em * 8 : em * 3;
  return { left, right: width - em * 0.6, top: em * 0.3, bottom: em * 0.3 + lane * film.members.length, lane };
}

function height(width, em, view) {
  const words = keyOf(view).map(([, , , word]) => word);
  return Math.ceil(layout({ ...view, width, em }).bottom + em * 2.2 + legendHeight(words, width, em, 1));
}

function draw(view) {
  const { svg, film, look, em, stage } = view;
  const box = layout(view);
  const events = eventsOf(view);
  const group = el("g", {}, svg);
  const names = film.members.map((member, row) => name(view, group, box, member, row));
  const x = timeAxis(view, group, box);
  const clip = curtain(view, box, x);
  presence(view, el("g", { "clip-path": clip.url }, group), box, x);
  const drawn = el("g", { "clip-path": clip.url }, group);
  marks(view, drawn, box, x, events);
  key(view, box.bottom + em * 1.9);
  const now = el("line", { y1: box.top, y2: box.bottom, stroke: look.faint }, group);
  const band = el(
    "rect",
    { x: 0, width: box.right, height: box.lane, fill: look.focus, "fill-opacity": 0.12, "pointer-events": "none" },
    svg,
  );
  const cursor = pointer(view, box, x, events);
  return (quarter) => {
    clip.to(quarter);
    put(now, "x1", x(quarter));
    put(now, "x2", x(quarter));
    cursor(quarter);
    const row = film.rows.get(stage.selected);
    show(band, row !== undefined);
    if (row !== undefined) put(band, "y", box.top + row * box.lane);
    names.forEach((node, k) => put(node, "font-weight", k === row ? 700 : 400));
  };
}

function name(view, parent, box, member, row) {
  const { look, em, stage } = view;
  const size = Math.min(em * 0.85, box.lane * 0.86);
  const text = box.left > em * 4 ? fitted(member.name, size, box.left - em * 0.4) : member.iso3;
  const node = label(parent, 0, box.top + (row + 0.5) * box.lane + size * 0.35, text, { size, fill: look.ink });
  const pad = el(
    "rect",
    { x: 0, y: box.top + row * box.lane, width: box.left, height: box.lane, fill: "transparent", cursor: "pointer" },
    parent,
  );
  pad.addEventListener("click", () => stage.set("selected", stage.selected === member.iso3 ? null : member.iso3));
  return node;
}

/** A line while a member is inside, thick while challengers govern it, dashed while it is suspended or in notice. */
function presence(view, parent, box, x) {
  const { film, look } = view;
  const paths = { inside: "", troubled: "", challenged: "" };
  film.members.forEach((_, row) => {
    const y = (box.top + (row + 0.5) * box.lane).toFixed(1);
    const states = {
      inside: (q) => film.inside(q, row) && !troubled(film, q, row),
      troubled: (q) => troubled(film, q, row),
      challenged: (q) => film.at("challenger_rules", q, row) > 0 && film.inside(q, row),
    };
    for (const [word, test] of Object.entries(states)) {
      for (const [from, to] of runs(film.until, test))
        paths[word] += `M${x(from).toFixed(1)} ${y}H${x(Math.min(to, film.quarters - 1)).toFixed(1)}`;
    }
  });
  const line = (d, more) => d && el("path", { d, fill: "none", ...more }, parent);
  line(paths.challenged, {
    stroke: look.sequential("challenger", 0.45),
    "stroke-width": box.lane * 0.5,
    "stroke-opacity": 0.45,
  });
  line(paths.inside, { stroke: look.faint, "stroke-width": 1.2 });
  line(paths.troubled, { stroke: look.ink, "stroke-width": 2.2, "stroke-dasharray": "4 3" });
}

const troubled = (film, quarter, row) => ["suspended", "in notice"].includes(film.word("standing", quarter, row));

function runs(until, test) {
  const found = [];
  let open = null;
  for (let quarter = 0; quarter <= until; quarter += 1) {
    const holds = quarter < until && test(quarter);
    if (holds && open === null) open = quarter;
    if (!holds && open !== null) {
      found.push([open, quarter]);
      open = null;
    }
  }
  return found;
}

const spot = (box, x, { quarter, member }) => [x(quarter), box.top + (member + 0.5) * box.lane];

/** All marks of a kind are one path: hundreds of events, a dozen nodes. Small ones first. */
function marks(view, parent, box, x, events) {
  const { look } = view;
  const kinds = [...new Set(events.map(({ event }) => event))].sort((p, q) => MARKS[p][1] - MARKS[q][1]);
  for (const kind of kinds) {
    const [form, size, color] = MARKS[kind];
    const path = events
      .filter(({ event }) => event === kind)
      .map((event) => shape(form, ...spot(box, x, event), Math.max(box.lane * size, 2.2)))
      .join("");
    el(
      "path",
      { d: path, fill: paint(look, color), stroke: look.card, "stroke-width": size > 0.25 ? 1.2 : 0.4 },
      parent,
    );
  }
}

function key(view, top) {
  const { svg, look, em } = view;
  const entries = keyOf(view);
  legend(
    view,
    svg,
    top,
    entries.map(([, , , word]) => word),
    (parent, k, x, y) => {
      const [form, half, color] = entries[k];
      el(
        "path",
        { d: shape(form, x + em * 0.5, y, em * (half > 0.25 ? 0.46 : 0.3)), fill: paint(look, color) },
        parent,
      );
    },
    1,
  );
}

/** A ring on one event: led by the pointer or by the arrow keys; a click or Enter asks why. */
function pointer(view, box, x, events) {
  const { svg, film, look, stage, em } = view;
  const pad = el(
    "rect",
    {
      x: box.left - 6,
      y: box.top,
      width: box.right - box.left + 12,
      height: Math.max(box.bottom - box.top, 1),
      fill: "transparent",
    },
    svg,
  );
  const ring = el(
    "circle",
    {
      r: em * 0.75,
      fill: "transparent",
      stroke: look.focus,
      "stroke-width": 2.5,
      tabindex: 0,
      role: "button",
      class: "lanes-cursor",
      opacity: 0,
    },
    svg,
  );
  let [last, at] = [0, -1];
  const past = () => events.filter(({ quarter }) => quarter <= last);
  const say = (event) =>
    `${film.dates[event.quarter]}: ${event.text || `${film.members[event.member].name} ${happening(event.event)}`}`;
  function go(place, tell = true) {
    at = place;
    const event = events[at];
    put(ring, "opacity", event ? 1 : 0);
    if (!event) return view.tip("");
    const [px, py] = spot(box, x, event);
    put(ring, "cx", px.toFixed(1));
    put(ring, "cy", py.toFixed(1));
    put(ring, "aria-label", `${say(event)}. Enter tells why.`);
    return tell && view.tip(`${say(event)}\nclick: why?`, px, py);
  }
  function ask() {
    const event = events[at];
    if (!event || event.quarter > last) return;
    const member = film.members[event.member].iso3;
    stage.set("selected", member);
    const measure = event.measure === null ? null : event.measure + 1;
    const { quarter, text } = event;
    stage.set("asked", { side: view.side || "a", quarter, event: event.event, member, members: [member], measure, text });
  }
  pad.addEventListener("pointermove", (event) => {
    go(nearest(box, x, past(), ...view.pointer(event), em * 1.2));
  });
  svg.addEventListener("pointerleave", () => go(-1));
  for (const node of [pad, ring]) node.addEventListener("click", ask);
  ring.addEventListener("focus", () => go(at >= 0 ? at : past().length - 1));
  ring.addEventListener("blur", () => go(-1));
  ring.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") ask();
    else if (!["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].includes(event.key)) return;
    else go(next(past(), at, event.key));
    event.preventDefault();
    event.stopPropagation();
  });
  return (quarter) => {
    last = quarter;
    if (!past().length) put(ring, "aria-label", "No event yet");
    else if (at < 0) put(ring, "aria-label", `${counted(past().length, "event")}; arrows go through them`);
  };
}

/** The place of the nearest event within reach, or -1. */
function nearest(box, x, events, px, py, reach) {
  let [best, least] = [-1, reach];
  events.forEach((event, place) => {
    const [ex, ey] = spot(box, x, event);
    const far = Math.hypot(ex - px, ey - py) - MARKS[event.event][1] * 4;
    if (far < least) [best, least] = [place, far];
  });
  return best;
}

/** Left and right go through time, up and down to the nearest event of the next member that has one. */
function next(events, at, name0) {
  if (name0 === "ArrowLeft") return Math.max(at - 1, 0);
  if (name0 === "ArrowRight") return Math.min(at + 1, events.length - 1);
  const way = name0 === "ArrowUp" ? -1 : 1;
  const here = events[at];
  if (!here) return events.length - 1;
  let [best, least] = [at, Infinity];
  events.forEach((event, place) => {
    const lanes = (event.member - here.member) * way;
    const far = lanes * 100 + Math.abs(event.quarter - here.quarter);
    if (lanes > 0 && far < least) [best, least] = [place, far];
  });
  return best;
}

function words(view, quarter) {
  const { film } = view;
  const past = eventsOf(view).filter((event) => event.quarter <= quarter);
  const of = (...kinds) => past.filter(({ event }) => kinds.includes(event));
  const gone = of("exit").map(({ member }) => film.members[member].name);
  const counts = [
    ["threat", of("threat", "threat_with_demand").length],
    ["ruling", of("ruling").length],
    ["waiver", of("waiver").length],
    ["opt-out", of("opt_out").length],
  ];
  const said = counts.map(([word, count]) => counted(count, word));
  const last = past.filter(({ event }) => MARKS[event][1] > 0.25).slice(-1)[0];
  const latest = last ? ` Last of weight, ${film.dates[last.quarter]}: ${last.text}.` : "";
  const left = gone.length ? `left: ${listed(gone, 5)}` : "nobody has left";
  return `By ${film.dates[quarter]}: ${listed(said, 9)}; ${left}.${latest}`;
}

function numbers(view, quarter) {
  const { film } = view;
  const rows = eventsOf(view)
    .filter((event) => event.quarter <= quarter)
    .map((event) => [
      film.dates[event.quarter],
      film.members[event.member].iso3,
      happening(event.event),
      event.measure === null ? null : Number(event.measure) + 1,
      event.area,
    ]);
  return { columns: ["quarter", "member", "event", "measure", "area"], rows };
}

export default picture(bothSides({
  name: "lanes",
  title: "What befell the members",
  wide: true,
  choices,
  height,
  draw,
  words,
  numbers,
}, 30));
