// What pictures ask of a film: a series, a member's row, what happened by a quarter. Nothing here but looking up.

const known = new WeakMap();

/** A film as pictures read it; null for none. The same film gives the same reading. */
export function reading(film) {
  if (!film) return null;
  let found = known.get(film);
  if (!found) known.set(film, (found = new Reading(film)));
  return found;
}

/** Plain numbers of an array, however the store keeps it: a column, its data, or steps between two bounds. */
export function numbersOf(column, info) {
  const data = column && column.data ? column.data : column;
  if (!data || !info || !("levels" in info) || data instanceof Float32Array || data instanceof Float64Array)
    return data;
  const step = (info.high - info.low) / info.levels;
  return Float64Array.from(data, (v) => (v > info.levels ? NaN : info.low + v * step));
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
    this.shocks = header.shocks || [];
    this.areas = header.areas || [];
    this.series = Object.keys(header.arrays)
      .filter((n) => n.startsWith("series."))
      .map((n) => n.slice(7));
    this.held = new Map();
    this.told = null;
    this.rows = new Map(header.members.map((member, row) => [member.iso3, row]));
  }

  /** What the header says of an array: unit, low, high, label, words, shape. */
  info(name) {
    return this.header.arrays[name] || null;
  }

  /** The flat values of an array, or null. */
  values(name) {
    if (!this.header.arrays[name]) return null;
    if (!this.held.has(name)) this.held.set(name, numbersOf(this.film.arrays[name], this.header.arrays[name]));
    return this.held.get(name);
  }

  /** What happened, by quarter: [{quarter, event, weight, member (row or null), measure (row or null), area, text}]. */
  get events() {
    if (!this.told) this.told = this.values("events.quarter") ? this.tell() : this.header.events || [];
    return this.told;
  }

  tell() {
    const [quarters, kinds, members, measures] = ["quarter", "kind", "member", "measure"].map((n) =>
      this.values(`events.${n}`),
    );
    const missing = (name) => this.info(`events.${name}`).missing;
    const [nobody, none] = [missing("member"), missing("measure")];
    const areas = this.values("measures.area");
    return Array.from(quarters, (quarter, k) => {
      const kind = this.header.kinds[kinds[k]];
      const member = members[k] === nobody ? null : members[k];
      const measure = measures[k] === none ? null : measures[k];
      const area = measure === null ? null : this.areas[areas[measure]];
      const text = kind.text
        .replace("{member}", member === null ? "" : this.members[member].name)
        .replace("{measure}", measure === null ? "" : measure + 1)
        .replace("{area}", area || "");
      return { quarter, event: kind.event, weight: kind.weight, member, measure, area, text };
    });
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
