// What pictures ask of a film: a series, a member's row, what happened by a quarter. Nothing here but looking up.

const known = new WeakMap();

/** A film as pictures read it; null for none. The same film gives the same reading. */
export function reading(film) {
  if (!film) return null;
  let found = known.get(film);
  if (!found) known.set(film, (found = new Reading(film)));
  return found;
}

class Reading {
  constructor(film) {
    const header = film.header || film;
    this.film = film;
    this.header = header;
    this.title = header.title || header.scenario || "";
    this.quarters = header.quarters;
    this.until = Math.min(header.until || header.quarters, header.quarters);
    this.dates = header.dates;
    this.members = header.members;
    this.events = header.events || [];
    this.shocks = header.shocks || [];
    this.areas = header.areas || [];
    this.series = Object.keys(header.arrays).filter((n) => n.startsWith("series.")).map((n) => n.slice(7));
    this.rows = new Map(header.members.map((member, row) => [member.iso3, row]));
  }

  /** What the header says of an array: unit, low, high, label, words, shape. */
  info(name) {
    return this.header.arrays[name] || null;
  }

  /** The flat values of an array, or null. */
  values(name) {
    if (!this.header.arrays[name]) return null;
    const { film } = this;
    return typeof film.array === "function" ? film.array(name) : film.arrays[name];
  }

  /** A series of the region by its short name, or null. */
  line(name) {
    return this.values(`series.${name}`);
  }

  /** What a quantity of a member was in a quarter. */
  at(name, quarter, row) {
    const values = this.values(`members.${name}`);
    return values ? values[quarter * this.members.length + row] : NaN;
  }

  /** A quantity of a member through time. */
  course(name, row) {
    const values = this.values(`members.${name}`);
    const count = this.members.length;
    return values ? Float64Array.from({ length: this.until }, (_, quarter) => values[quarter * count + row]) : null;
  }

  /** The word of a member in a quarter, for columns that hold words. */
  word(name, quarter, row) {
    const info = this.info(`members.${name}`);
    return info && info.words ? info.words[this.at(name, quarter, row)] : "";
  }

  /** Whether a member is inside in a quarter. */
  inside(quarter, row) {
    return ["member", "suspended", "in notice", "returned"].includes(this.word("standing", quarter, row));
  }

  /** Label and unit of a series. */
  label(name) {
    const info = this.info(`series.${name}`);
    return (info && info.label) || name.replace(/_/g, " ").replace(/^./, (first) => first.toUpperCase());
  }
}
