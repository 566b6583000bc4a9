// What happened in a film, as lines to read: great events one by one, routine ones of a quarter folded into a count.

import { counted, listed } from "./pictures/words.js";

export const GREAT = 2;
export const HISTORIC = 3;

// Groups of kinds that a reader may choose from, in the order of the list.
export const CHOICES = [
  { name: "all", title: "Everything" },
  { name: "great", title: "Great events" },
  { name: "leaving", title: "Threats, exits, returns",
    kinds: ["threat", "threat_with_demand", "concession", "refusal", "threat_dropped", "notice", "notice_withdrawn",
      "exit", "return", "accession"] },
  { name: "texts", title: "Texts and ratification",
    kinds: ["tabled", "adoption", "rejection", "ratification", "entry_into_force", "abandoned", "settled", "expiry"] },
  { name: "bending", title: "Opt-outs and waivers", kinds: ["opt_out", "deferral", "waiver", "resumption", "lapse"] },
  { name: "courts", title: "Rulings and suspensions", kinds: ["ruling", "suspension", "readmission"] },
  { name: "home", title: "Elections and coups", kinds: ["coup", "election", "challenger_enters", "challenger_leaves"] },
  { name: "levers", title: "Levers and shocks", kinds: ["move", "policy", "shock"] },
];

// Several of one kind in one quarter: `n` of them, on measures `of`, by `who`.
const FOLDED = {
  election: (n, of, who) => `${counted(n, "state")} ${n === 1 ? "votes" : "vote"}: ${who}`,
  tabled: (n, of) => `${counted(n, "text")} tabled: ${of}`,
  adoption: (n, of) => `${counted(n, "text")} adopted: ${of}`,
  entry_into_force: (n, of) => `${counted(n, "measure")} enter into force: ${of}`,
  settled: (n, of) => `${counted(n, "measure")} become settled law: ${of}`,
  expiry: (n, of) => `${counted(n, "measure")} expire: ${of}`,
  ratification: (n, of) => `${counted(n, "ratification")} of ${of}`,
  opt_out: (n, of) => `${counted(n, "opt-out")} from ${of}`,
  deferral: (n, of) => `${counted(n, "deferral")} of parts of ${of}`,
  waiver: (n, of) => `${counted(n, "waiver")} from ${of}`,
  resumption: (n, of) => `${counted(n, "waiver")} from ${of} ${n === 1 ? "ends" : "end"}`,
  lapse: (n, of, who) => `${of} ${of.startsWith("measure ") ? "lapses" : "lapse"} for ${who}`,
  policy: (n, of, who, names) => `The organization moves ${counted(n, "lever")}: ${listed(names, 4)}`,
  ruling: (n, of, who) => `${counted(n, "ruling")} of the court, against ${who}`,
};
const ON_MEASURES_ALONE = new Set(["tabled", "adoption", "entry_into_force", "settled", "expiry", "abandoned", "rejection"]);

// A mark beside the word, so that nothing hangs on color alone.
export const MARKS = {
  coup: "▼", challenger_enters: "◣", challenger_leaves: "◢", accession: "✚", rejection: "✖", abandoned: "✖",
  suspension: "■", readmission: "□", threat: "▲", threat_with_demand: "▲", concession: "✓", refusal: "✕",
  threat_dropped: "△", notice: "◆", notice_withdrawn: "◇", exit: "⬤", return: "✚", move: "◧", policy: "◨", shock: "⚡",
  ruling: "§",
};

/** Every event of a film, plain: { quarter, kind, weight, member (ISO-3 or null), measure (number or null), area, text }. */
export function events(film) {
  const { header, arrays } = film;
  const found = [];
  const [quarters, kinds, members, measures] = ["quarter", "kind", "member", "measure"].map((n) => arrays[`events.${n}`]);
  const areaOf = (measure) => said(header.areas[arrays["measures.area"].at(measure - 1)] || "");
  for (let k = 0; quarters && k < quarters.shape[0]; k++) {
    const kind = header.kinds[kinds.at(k)];
    const member = film.members[members.at(k)] || null;
    const place = measures.at(k);
    const measure = place === measures.missing ? null : place + 1;
    found.push({
      quarter: quarters.at(k), kind: kind.event, weight: kind.weight, member: member && member.iso3,
      called: member && member.name, measure,
      area: measure ? areaOf(measure) : "",
      text: filled(kind.text, member, measure, measure ? areaOf(measure) : ""),
    });
  }
  return [...found, ...others(film)].sort((a, b) => a.quarter - b.quarter);
}

function filled(text, member, measure, area) {
  return text.replace("{member}", member ? member.name : "").replace("{measure}", measure || "").replace("{area}", area);
}

// What the film's header tells: the user's own moves, those of the organization's policy, and shocks.
function others(film) {
  const { header, dates } = film;
  const plain = (quarter, kind, weight, text) => ({ quarter, kind, weight, member: null, measure: null, area: "", text });
  const moves = (header.moves || []).map(([date, path, value]) => plain(dates.indexOf(date), "move", GREAT, moved(path, value)));
  const { columns = [], rows = [] } = header.policy || {};
  const policy = rows.map((row) => Object.fromEntries(columns.map((name, k) => [name, row[k]]))).map((each) =>
    ({ ...plain(each.quarter, "policy", 1,
      `The organization moves ${said(each.lever)} from ${each.before.toFixed(2)} to ${each.after.toFixed(2)}`), name: said(each.lever) }));
  const shocks = (header.shocks || []).map((each) => plain(each.from, "shock", GREAT, shocked(each, film)));
  return [...moves, ...policy, ...shocks];
}

function moved(path, value) {
  const [, lever, what] = path.split(".");
  return what === "on" ? `You switch ${said(lever)} ${value ? "on" : "off"}` : `You set ${said(lever)} to ${Number(value.toFixed(2))}`;
}

function shocked(shock, film) {
  const many = (shock.members || []).length;
  const names = (shock.members || []).map((row) => film.members[row].name);
  const where = many && many < film.members.length ? ` in ${many > 4 ? counted(many, "state") : listed(names)}` : "";
  return `${capital(said(shock.name))} begins${where}`;
}

const said = (name) => String(name).replaceAll("_", " ");
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Lines of a film for a reader, in the order of time. `wish` = { choice, member }. */
export function lines(all, film, side, wish = {}) {
  const choice = CHOICES.find((each) => each.name === wish.choice) || CHOICES[0];
  const kept = all.filter((each) => (!wish.member || each.member === wish.member)
    && (choice.name !== "great" || each.weight >= GREAT) && (!choice.kinds || choice.kinds.includes(each.kind)));
  const demanding = new Set(kept.filter((each) => each.kind === "threat_with_demand").map((each) => `${each.quarter} ${each.member}`));
  const found = [];
  let folds = new Map();
  let quarter = -1;
  const close = () => {
    for (const fold of folds.values()) found.push(folded(fold, film, side));
    folds = new Map();
  };
  for (const each of kept) {
    if (each.quarter !== quarter) close();
    quarter = each.quarter;
    if (each.kind === "threat" && demanding.has(`${each.quarter} ${each.member}`)) continue;
    if (each.weight >= GREAT || !FOLDED[each.kind]) found.push(line([each], each.text, film, side));
    else folds.set(each.kind, [...(folds.get(each.kind) || []), each]);
  }
  close();
  // within a quarter what is great stands above what is routine: the list is read from its end
  found.sort((a, b) => a.quarter - b.quarter || a.weight - b.weight);
  return found;
}

function line(events, text, film, side) {
  const [first] = events;
  const members = [...new Set(events.map((each) => each.member).filter(Boolean))];
  const measures = [...new Set(events.map((each) => each.measure).filter(Boolean))];
  return {
    key: `${side}.${first.quarter}.${first.kind}.${members.join()}.${measures.join()}.${text}`, side, on: side, text, members, measures,
    quarter: first.quarter, date: film.dates[first.quarter], kind: first.kind, weight: first.weight,
    mark: MARKS[first.kind] || "", asks: !["move", "shock"].includes(first.kind),
  };
}

function folded(events, film, side) {
  if (events.length === 1) return line(events, events[0].text, film, side);
  const { kind } = events[0];
  const measures = [...new Set(events.map((each) => each.measure).filter(Boolean))];
  const of = ON_MEASURES_ALONE.has(kind)
    ? listed([...new Set(events.map((each) => said(each.area)))], 3)
    : measures.length === 1 ? `measure ${measures[0]} on ${said(events[0].area)}` : counted(measures.length, "measure");
  const codes = [...new Set(events.map((each) => each.member).filter(Boolean))];
  const who = codes.length === 1 ? events[0].called : listed(codes, 4);
  const names = events.map((each) => each.name);
  return line(events, capital(FOLDED[kind](events.length, of, who, names)), film, side);
}

/** The lines of two sides as one list; what happened on both alike stands there once. */
export function together(one, other) {
  const alike = new Map(one.map((each) => [`${each.quarter} ${each.text}`, each]));
  const both = new Set();
  const rest = other.filter((each) => {
    const twin = alike.get(`${each.quarter} ${each.text}`);
    if (twin) both.add(twin);
    return !twin;
  });
  const first = one.map((each) => (both.has(each) ? { ...each, on: "ab" } : each));
  return [...first, ...rest].sort((a, b) => a.quarter - b.quarter || a.weight - b.weight);
}

/** How many of the lines lie at or before a quarter. */
export function until(found, quarter) {
  let [low, high] = [0, found.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (found[middle].quarter <= quarter) low = middle + 1;
    else high = middle;
  }
  return low;
}
