// Numbers and happenings as people read them; what the film itself does not say in words is said here once.

const THIN = "\u2009";
const MINUS = "−";

const INDICES = new Set(["integration", "integration_people", "respect", "resentment", "legitimacy"]);

/** Kinds of quantities: shares are written in percent, counts as whole numbers, all else as an index. */
export function kindOf(info, name = "") {
  if (INDICES.has(name)) return "index";
  const unit = (info && info.unit) || "";
  if (/share/.test(unit)) return "share";
  if (/^(count|number|states|members|quarters)$/.test(unit)) return "count";
  return "index";
}

/** Least span of an axis, by kind: what hardly moves must look so. */
export const LEAST = { share: 0.1, index: 0.1, count: 4 };

/** A number of that kind, for people; a dash where there is none. */
export function write(value, kind) {
  if (!Number.isFinite(value)) return "–";
  const text =
    kind === "share" ? `${(value * 100).toFixed(0)}${THIN}%` : kind === "count" ? plain(value) : index(value);
  return text.replace("-", MINUS);
}

/** The same for a tick of an axis: no needless zeros. */
export function tick(value, kind) {
  if (kind === "share") return `${Number((value * 100).toPrecision(4))}${THIN}%`.replace("-", MINUS);
  return String(Number(value.toPrecision(3))).replace("-", MINUS);
}

/** A difference with its sign; shares in percentage points. */
export function change(value, kind) {
  if (!Number.isFinite(value)) return "–";
  if (kind === "share") return `${signed(value * 100, 1)} points`;
  return signed(value, kind === "index" ? 2 : value % 1 ? 1 : 0);
}

/** The same, short enough for a tile. */
export function shortChange(value, kind) {
  if (!Number.isFinite(value)) return "–";
  return kind === "share" ? signed(value * 100, 0) : signed(value, kind === "index" ? 2 : 0);
}

function plain(value) {
  return Math.abs(value - Math.round(value)) < 0.05 || Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1);
}

function index(value) {
  const text = Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

function signed(value, digits) {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return "±0";
  return (value > 0 ? "+" : MINUS) + text;
}

/** "2015Q3" as "third quarter of 2015". */
export function spoken(date) {
  const [year, quarter] = date.split("Q");
  return `${["first", "second", "third", "fourth"][quarter - 1]} quarter of ${year}`;
}

/** Words in a row: "a, b and c"; of more than `most`, the first and how many others. */
export function listed(words, most = 5) {
  if (!words.length) return "none";
  const kept = words.length > most ? [...words.slice(0, most - 1), `${words.length - most + 1} others`] : words;
  return kept.length === 1 ? kept[0] : `${kept.slice(0, -1).join(", ")} and ${kept[kept.length - 1]}`;
}

/** One of something or several: `counted(2, "state")` is "2 states". */
export function counted(count, word, several = `${word}s`) {
  return `${count} ${count === 1 ? word : several}`;
}

/** "rose by 4 points", "fell by 0.02", "is unchanged". */
export function moved(from, to, kind) {
  const difference = to - from;
  const text = change(difference, kind).replace(/^[+−]/, "");
  if (!Number.isFinite(difference) || text.startsWith("±")) return "is unchanged";
  return `${difference > 0 ? "rose" : "fell"} by ${text}`;
}

/** A name of a column made readable: "challenger_share" as "Challenger share". */
export function readable(name) {
  const words = String(name).replace(/_/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const EVENTS = {
  coup: "coup",
  election: "election",
  challenger_enters: "challengers enter government",
  challenger_leaves: "challengers leave government",
  accession: "joins",
  tabled: "tabled",
  adoption: "adopted",
  rejection: "rejected",
  ratification: "ratifies",
  entry_into_force: "enters into force",
  abandoned: "abandoned",
  opt_out: "opts out",
  deferral: "takes it up later",
  ruling: "adverse ruling",
  suspension: "suspended",
  readmission: "readmitted",
  waiver: "gets a waiver",
  resumption: "resumes after a waiver",
  lapse: "lets it lapse",
  settled: "settled",
  expiry: "expires",
  threat: "threatens to leave",
  threat_with_demand: "threatens with a demand",
  concession: "demand met",
  refusal: "demand refused",
  threat_dropped: "drops the threat",
  notice: "gives notice",
  notice_withdrawn: "takes notice back",
  exit: "leaves",
  return: "comes back",
};

/** An event's kind in words. */
export function happening(kind) {
  return EVENTS[kind] || String(kind).replace(/_/g, " ");
}
