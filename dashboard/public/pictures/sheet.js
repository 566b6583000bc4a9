// The few rules of style that a card brings with it, so that a picture looks the same on every page.

const RULES = `
.card { background: var(--c-card); color: var(--c-ink); border: 1px solid var(--c-hair); border-radius: 10px;
  padding: 0.8em 1em 0.9em; min-width: 0; box-sizing: border-box; }
.card-head { display: flex; flex-wrap: wrap; gap: 0.3em 0.8em; align-items: center; margin-bottom: 0.4em; }
.card-title { font-size: 1.15em; font-weight: 700; margin: 0; flex: 1 1 auto; color: var(--c-ink); }
.card-tools { display: flex; flex-wrap: wrap; gap: 0.3em; align-items: center; }
.card select, .card button { font: inherit; font-size: 0.85em; color: var(--c-ink); background: var(--c-wash);
  border: 1px solid var(--c-faint); border-radius: 6px; padding: 0.22em 0.55em; min-height: 1.9em; max-width: 16em; }
.card button:hover, .card select:hover { border-color: var(--c-ink); }
.card button[aria-pressed="true"] { background: var(--c-ink); color: var(--c-card); }
.card :focus-visible { outline: 3px solid var(--c-focus); outline-offset: 2px; }
.card-menu { font-size: 1em; display: inline-flex; gap: 0.35em; align-items: center; color: var(--c-soft); }
.card-menu > span { font-size: 0.85em; }
.card-words { margin: 0.5em 0 0; color: var(--c-soft); font-size: 0.92em; line-height: 1.4; max-width: 75ch; }
.card-table { margin-top: 0.6em; max-height: 22em; overflow: auto; }
.card-table table { border-collapse: collapse; font-size: 0.85em; font-variant-numeric: tabular-nums; color: var(--c-ink); }
.card-table th, .card-table td { padding: 0.15em 0.7em 0.15em 0; text-align: right; white-space: nowrap; }
.card-table th:first-child, .card-table td:first-child { text-align: left; }
.card-table thead th { position: sticky; top: 0; background: var(--c-card); border-bottom: 1px solid var(--c-faint); }
.picture { position: relative; }
.picture-svg { display: block; max-width: 100%; overflow: visible; }
.picture-svg text { pointer-events: none; user-select: none; }
.picture-svg [role="button"] { cursor: pointer; }
.picture-svg [role="button"]:focus { outline: none; }
.picture-svg [role="button"]:focus-visible { outline: 3px solid var(--c-focus); outline-offset: 2px; border-radius: 4px; }
.picture-tip { position: absolute; z-index: 3; pointer-events: none; white-space: pre-line; width: max-content; max-width: 20em;
  background: var(--c-ink); color: var(--c-card); font-size: 0.88em; line-height: 1.35; padding: 0.35em 0.6em; border-radius: 6px; }
.picture-tip[hidden] { display: none; }
`;

/** Puts the rules into the page, once. */
export function dressed() {
  if (document.getElementById("picture-sheet")) return;
  const sheet = document.createElement("style");
  sheet.id = "picture-sheet";
  sheet.textContent = RULES;
  document.head.append(sheet);
}
