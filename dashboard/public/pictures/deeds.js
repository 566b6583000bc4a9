// How far a measure is carried out, in truth, by its reports, and what lies between: looked up in the film.

/** What the color of a measure in force can say: how it is told, which scale, and what fills the scale. */
export const SHOWN = {
  true: { words: "truly carried out", color: "implementation", full: 1, ends: ["by nobody", "by half", "by all"] },
  reported: { words: "reported as done", color: "trust", full: 1, ends: ["by nobody", "by half", "by all"] },
  gap: { words: "done on paper only", color: "grievance", full: 0.3, ends: ["by nobody", "by 15 %", "by 30 %"] },
};

export class Deeds {
  constructor(film, life) {
    this.life = life;
    this.courses = Object.fromEntries(["true", "reported"].map((name) => [name, film.values(`deeds.${name}`) || []]));
    this.first = film.values("deeds.first") || [];
    this.after = film.values("deeds.after") || [];
    this.never = { first: missing(film, "first"), after: missing(film, "after") };
    this.until = film.until;
    this.width = film.members.length;
  }

  /** Share of the members inside, 0 to 1, or NaN where the measure is not in force; that of settled law is its last. */
  share(which, measure, quarter) {
    const { life, first } = this;
    if (first[measure] === undefined || first[measure] === this.never.first) return NaN;
    const last = Math.min(quarter, life.ended[measure] - 1, this.until - 1);
    if (last < life.inForce[measure]) return NaN;
    const place = first[measure] + last - life.inForce[measure];
    if (which !== "gap") return this.courses[which][place];
    return Math.max(this.courses.reported[place] - this.courses.true[place], 0);
  }

  /** Whether a member has done all that a measure asks of it. */
  done(measure, member, quarter) {
    const after = this.after[measure * this.width + member];
    return after !== undefined && after !== this.never.after && this.life.inForce[measure] + after <= quarter;
  }
}

const PLACES = ["not binding", "not yet done", "overdue", "done"];

/** Where each member stands on a measure: its place on the ladder, or what it has done. */
export function placesOf(view, quarter) {
  const { steps, deeds, chosen } = view;
  if (chosen.shows !== "true") return { words: steps.words, at: (row, member) => steps.at(row, member) };
  const binding = ["in force", "in force, overdue", "in force in part"].map((word) => steps.words.indexOf(word));
  const at = (row, member) => {
    const rung = steps.at(row, member);
    if (!binding.includes(rung)) return 0;
    if (rung === binding[1]) return 2;
    return deeds.done(row, member, quarter) ? 3 : 1;
  };
  return { words: PLACES, at };
}

const missing = (film, name) => (film.info(`deeds.${name}`) || {}).missing;
