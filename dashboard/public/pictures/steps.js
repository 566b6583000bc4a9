// Where each member stands on each measure, quarter by quarter: replayed from the changes that the film holds.

/** The table of rungs, moved to a quarter: one cell for each measure and member. */
export class Steps {
  constructor(film) {
    this.film = film;
    this.quarters = film.values("ladder.quarter") || [];
    this.measures = film.values("ladder.measure") || [];
    this.members = film.values("ladder.member") || [];
    this.rungs = film.values("ladder.rung") || [];
    this.words = (film.info("ladder.rung") || {}).words || [];
    this.count = (film.values("measures.tabled") || []).length;
    this.width = film.members.length;
    this.restart();
  }

  restart() {
    this.cells = new Uint8Array(this.count * this.width);
    this.next = 0;
    this.quarter = -1;
  }

  /** Moves the table to a quarter, from the start if time runs back. */
  to(quarter) {
    if (quarter < this.quarter) this.restart();
    while (this.next < this.quarters.length && this.quarters[this.next] <= quarter) {
      this.cells[this.measures[this.next] * this.width + this.members[this.next]] = this.rungs[this.next];
      this.next += 1;
    }
    this.quarter = quarter;
    return this;
  }

  at(measure, member) {
    return this.cells[measure * this.width + member];
  }
}

/** The life of measures: {tabled, adopted, inForce, ended, fate(row), area(row)}; Infinity: it has not happened. */
export function lives(film) {
  const when = (name) => {
    const values = film.values(`measures.${name}`) || [];
    const missing = (film.info(`measures.${name}`) || {}).missing;
    return Array.from(values, (v) => (v === missing ? Infinity : v));
  };
  const areas = film.values("measures.area") || [];
  const fates = film.values("measures.fate") || [];
  const words = (film.info("measures.fate") || {}).words || [];
  return {
    count: areas.length,
    tabled: when("tabled"),
    adopted: when("adopted"),
    inForce: when("in_force"),
    ended: when("ended"),
    area: (row) => film.areas[areas[row]],
    fate: (row) => words[fates[row]],
  };
}

/** Measures on the table or in force in a quarter, by area and age. */
export function live(life, quarter, areas) {
  const rows = [...Array(life.count).keys()].filter((row) => life.tabled[row] <= quarter && quarter < life.ended[row]);
  return rows.sort((p, q) => areas.indexOf(life.area(p)) - areas.indexOf(life.area(q)) || p - q);
}

/** What has become of a measure by a quarter. */
export function story(film, life, row, quarter) {
  const stages = [
    ["tabled", life.tabled],
    ["adopted", life.adopted],
    ["in force", life.inForce],
    [life.fate(row), life.ended],
  ];
  const told = stages
    .filter(([, when]) => when[row] <= quarter)
    .map(([word, when]) => `${word} ${film.dates[when[row]]}`);
  return `Measure ${row + 1}, ${life.area(row)}: ${told.join(", ")}`;
}
