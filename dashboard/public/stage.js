// The page's one store: films, the shared clock, what is selected; whoever draws listens, whoever changes sets.
//
//   import { stage } from "../stage.js";            const stage = await window.comity;   // in a Vue component
//   const off = stage.on("quarter", (quarter) => …);  off();
//   stage.set("selected", "HUN");                    stage.send("move", { path, value, quarter });
//
// Names that can be listened to: film, fan, quarter, playing, speed, select, colour, theme, size, waiting, settings
// (facts from the server: seed, moves, settings, scenario titles, problems), controls, assumptions, offered, parcel.
// A listener is called at most once a frame for `quarter`; `film` comes when any of a, b, ghost has changed.

import { decode } from "./film.js";
import { Clock } from "./clock.js";

const ANNOUNCED_AS = { selected: "select" };

class Stage {
  constructor() {
    this.films = { a: null, b: null, ghost: null };
    this.fans = { a: null, b: null };
    this.quarter = 0;
    this.playing = false;
    this.speed = 4; // quarters a second
    this.colour = "trust"; // or grievance, implementation
    this.selected = null; // a member's ISO-3 code
    this.theme = "light"; // the one in force; `themeChoice` is light, dark or auto
    this.themeChoice = "auto";
    this.size = "desk"; // or projector
    this.waiting = false; // for an answer of the server
    this.facts = null;
    this.settings = null; // the same as facts
    this.controls = null;
    this.assumptions = null;
    this.offered = null;
    this.serial = 0;
    this.post = null; // how messages leave: set by the bridge
    this.listeners = new Map();
    this.clock = new Clock(this);
    this.panels = {}; // functions that open dialogs and drawers, by name
  }

  on(name, listener) {
    if (!this.listeners.has(name)) this.listeners.set(name, new Set());
    this.listeners.get(name).add(listener);
    return () => this.listeners.get(name).delete(listener);
  }

  emit(name, value) {
    for (const listener of [...(this.listeners.get(name) || [])]) {
      try {
        listener(value);
      } catch (error) {
        console.error(`a listener of "${name}" failed`, error);
      }
    }
  }

  // For whoever can wait until the pictures of this moment are on the screen.
  after(act) {
    if (document.hidden) act(); // no frame comes
    else requestAnimationFrame(() => setTimeout(act));
  }

  set(name, value) {
    if (name === "quarter") value = Math.max(0, Math.min(this.last, Math.round(value)));
    if (this[name] === value) return;
    this[name] = value;
    this.emit(ANNOUNCED_AS[name] || name, value);
  }

  // the last quarter that can be shown
  get last() {
    const lengths = [this.films.a, this.films.b].filter(Boolean).map((film) => film.header.until ?? film.header.quarters);
    return lengths.length ? Math.max(...lengths) - 1 : 0;
  }

  date(quarter = this.quarter) {
    const film = this.films.a || this.films.b;
    return film ? film.dates[Math.min(quarter, film.dates.length - 1)] : "";
  }

  quarterOf(date) {
    const film = this.films.a || this.films.b;
    return film ? film.dates.indexOf(date) : -1;
  }

  // To the server. Messages that change a film make the clock wait for the answer.
  send(name, payload = {}) {
    if (!this.post) return;
    this.serial += 1;
    if (!QUIET.has(name)) this.set("waiting", true);
    this.post({ name, payload: { ...payload, serial: this.serial } });
  }

  // From the server: only what has changed.
  receive(changes) {
    if ("offered" in changes) this.put("offered", changes.offered);
    let cut = false;
    for (const [key, side] of [["film_a", "a"], ["film_b", "b"], ["ghost", "ghost"]]) {
      if (!(key in changes)) continue;
      this.films[side] = changes[key] ? decode(changes[key]) : null;
      cut = true;
    }
    let spread = false;
    for (const [key, side] of [["fan_a", "a"], ["fan_b", "b"]]) {
      if (!(key in changes)) continue;
      this.fans[side] = changes[key] ? decode(changes[key]) : null;
      spread = true;
    }
    if ("controls" in changes) this.put("controls", changes.controls);
    if ("assumptions" in changes) this.put("assumptions", changes.assumptions);
    if ("facts" in changes && changes.facts) {
      this.facts = this.settings = changes.facts;
      this.emit("settings", this.facts);
    }
    if (cut) {
      if (this.quarter > this.last) this.set("quarter", this.last);
      this.emit("film", this.films);
    }
    if (spread) this.emit("fan", this.fans);
    if (this.facts && this.facts.serial >= this.serial) this.set("waiting", false);
    if ("parcel" in changes && changes.parcel) this.emit("parcel", changes.parcel);
  }

  put(name, value) {
    this[name] = value;
    this.emit(name, value);
  }
}

// messages whose answer does not change what is being played
const QUIET = new Set(["fan", "assumptions", "download"]);

export const stage = new Stage();
