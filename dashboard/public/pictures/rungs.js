// Where each member stands on each measure that lives now: a form for each place, told apart in gray.

import { placesOf } from "./deeds.js";
import { legend } from "./legend.js";
import { live, story } from "./steps.js";
import { el, fitted, label, put } from "./svg.js";

/** How a member's place looks: strength of color (null: outline alone), and a form that is told apart in gray. */
const FORMS = {
  "not party": [0.12, "dot"],
  party: [0.35, "low"],
  "in force": [0.95, "full"],
  "in force, overdue": [0.62, "corner"],
  "in force in part": [0.78, "half"],
  "opted out": [null, "ring"],
  waived: [0.5, "bar"],
  lapsed: [null, "cross"],
  "not binding": [0.12, "dot"],
  "not yet done": [0.35, "low"],
  overdue: [null, "ring"],
  done: [0.95, "full"],
};

/** How high the lane of a member is. */
export const tall = (count, em) => Math.min(Math.max((em * 34) / Math.max(count, 1), em * 0.74), em * 1.1);

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
  if (form === "cross") {
    const arm = (x, way) => `M${x} ${b}l${way * c} ${d}l${-way * c * 0.2} 0l${-way * c * 0.8} ${-d * 0.8}z`;
    return arm(a, 1) + arm(a + c, -1);
  }
  return box(a, b, c, d);
}

/** Draws members by the measures that live in a quarter; gives the function of a step. */
export function byMember(view) {
  const { svg, film, look, em, width, life, steps } = view;
  const count = film.members.length;
  const high = tall(count, em);
  const size = Math.min(high * 0.95, em * 0.85);
  const box = { left: em * 3, right: width - 4, top: em * 1.6, bottom: em * 1.6 + count * high };
  const group = el("g", {}, svg);
  film.members.forEach((member, k) =>
    label(group, 0, box.top + (k + 0.5) * high + size * 0.35, member.iso3, { size, fill: look.ink }),
  );
  const heads = el("g", {}, group);
  const color = ([strength]) => (strength === null ? look.b.color : look.sequential("implementation", strength));
  const { words } = placesOf(view, 0);
  const paths = words.map((word) => el("path", { fill: color(FORMS[word] || [0.5, "full"]) }, group));
  placeKey(view, words, box.bottom + em * 0.8, color);
  const pad = el(
    "rect",
    { x: box.left, y: box.top, width: box.right - box.left, height: count * high, fill: "transparent" },
    svg,
  );
  let shown = [];
  let across = 1;
  pad.addEventListener("pointermove", (event) => {
    const [px, py] = view.pointer(event);
    const [row, member] = [shown[Math.floor((px - box.left) / across)], Math.floor((py - box.top) / high)];
    if (row === undefined || !film.members[member]) return view.tip("");
    const places = placesOf(view, steps.quarter);
    const stands = `${film.members[member].name}: ${places.words[places.at(row, member)]}`;
    return view.tip(`${stands}\n${story(film, life, row, steps.quarter)}`, px, py);
  });
  pad.addEventListener("pointerleave", () => view.tip(""));
  return (quarter) => {
    steps.to(quarter);
    shown = live(life, quarter, film.areas);
    across = Math.min((box.right - box.left) / Math.max(shown.length, 1), em * 1.6);
    const places = placesOf(view, quarter);
    const drawn = words.map(() => "");
    shown.forEach((row, k) =>
      film.members.forEach((_, member) => {
        const place = places.at(row, member);
        drawn[place] += cell(
          (FORMS[words[place]] || [0, "full"])[1],
          box.left + k * across,
          box.top + member * high,
          across,
          high,
        );
      }),
    );
    paths.forEach((path, place) => put(path, "d", drawn[place] || "M0 0"));
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

function placeKey(view, words, top, color) {
  const { svg, em } = view;
  legend(view, svg, top, words, (parent, k, x, y) => {
    const form = FORMS[words[k]] || [0.5, "full"];
    el("path", { d: cell(form[1], x, y - em * 0.5, em, em), fill: color(form) }, parent);
  });
}
