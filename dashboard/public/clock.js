// The clock runs in the browser alone: a frame of the screen moves it, a hidden page or an awaited film stops it.

export const SPEEDS = [1, 2, 4, 8, 16];
const YEAR = 4;
const LONGEST_FRAME = 0.5; // seconds; a page that was away does not leap

export class Clock {
  constructor(stage) {
    this.stage = stage;
    this.due = 0;
    this.before = null;
    this.frame = this.frame.bind(this);
  }

  play() {
    const { stage } = this;
    if (stage.playing) return;
    if (stage.quarter >= stage.last) stage.set("quarter", 0);
    this.due = 0;
    this.before = null;
    stage.set("playing", true);
    requestAnimationFrame(this.frame);
  }

  pause() {
    this.stage.set("playing", false);
  }

  toggle() {
    this.stage.playing ? this.pause() : this.play();
  }

  step(quarters = 1) {
    this.pause();
    this.stage.set("quarter", this.stage.quarter + quarters);
  }

  stepYear(direction) {
    this.step(direction * YEAR);
  }

  to(quarter) {
    this.stage.set("quarter", quarter);
  }

  faster(direction) {
    const place = SPEEDS.indexOf(this.stage.speed) + direction;
    this.stage.set("speed", SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, place))]);
  }

  frame(now) {
    const { stage } = this;
    if (!stage.playing) return;
    const passed = this.before === null ? 0 : Math.min((now - this.before) / 1000, LONGEST_FRAME);
    this.before = now;
    if (!stage.waiting && stage.films.a) {
      this.due += passed * stage.speed;
      const steps = Math.floor(this.due);
      if (steps) {
        this.due -= steps;
        stage.set("quarter", stage.quarter + steps);
        if (stage.quarter >= stage.last) {
          this.pause();
          return;
        }
      }
    }
    requestAnimationFrame(this.frame);
  }
}
