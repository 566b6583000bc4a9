"""Films of runs: all that a page shows of a run, made in one go, so that whoever watches needs no further computing.

A run of a region takes some hundredths of a second, and what a lever moved in quarter q changes lies after q. So a page
asks for the whole `film` of a run, plays it by itself, and asks for another one when a lever is moved; the past of the
new film is the same to the bit. Everything here is plain values and bytes, ready for JSON or a socket; nothing here
knows of any page. Functions may be called from any thread.

- `film(scenario, seed, moves, run, until, nudge)`: the `Film` of a run: `header`, `buffer`, `table(name)`
- `with_moves(scenario, moves)`: the ordinary scenario that plays the same run; it can be written to a file
- `nudge_of(decision)`, `nudge_from(said)`: the counterfactual of a decision, to be played beside
- `change_of(kept)`: what to set so that a lever stands as a story says it would have kept a member in
- `fan(scenario, seed, moves, runs)`, `fans(sides, seed, runs)`: the `Fan` of runs behind the one shown; `Cancelled`
- `why(scenario, member, seed, moves, quarter, run, nudge)`: the `Story` of the run that is shown
- `keeping(scenario, member, seed, moves, progress)`: levers that would have kept a member in
- `difference(a, b)`: the `Difference` of two films
- `effects_so_far(scenario, moves, seed, quarter)`: what each lever has done so far, under the same luck
- `controls(scenario)`, `control(scenario, path)`: what can be set in a scenario, made from the declarations
- `roles`, `predictions`, `class_board`: what a class plays for, foretells, and sees of one another
- `unpack(buffer)`: header and arrays of a buffer, as a browser reads it

**The buffer**: four bytes with the length of the header (little-endian), the header as JSON in UTF-8, filled up with
blanks so that the arrays begin at a multiple of eight bytes, and the arrays, each at a multiple of eight. Header:

- `version` 1; `scenario`, `title`, `story`, `seed`, `run`; `digest` (16 characters, the same for films that show the
  same)
- `start`, `dates` of all quarters of the run; `quarters` of the run, `until`: how many of them the film shows
- `members`: iso3, name, x and y of the tile (from 0, west to east, north to south), founder (in from the start)
- `areas`, `levers` (those at work in any quarter shown): names, in the order of the arrays' columns
- `kinds` of events, in the order of their numbers: event, weight (0 routine to 3 historic), text with `{member}`,
  `{measure}` (a number) and `{area}` to be filled in
- `moves`: [date, path, value] of levers moved by the user; `policy`: columns and rows of levers that the organization
  moved by itself; `nudge`: the counterfactual that is played, or null
- `shocks`: name, kind, from and until (first and last quarter), members (rows; null: all), size
- `outcomes` by name (null: no value), or null where the film does not show the whole run
- `arrays` by name: type (`u1`, `u2`, `f4`, little-endian), shape, offset from the first array, and where it applies
  label, unit, low and high, `words` (of whole numbers from 0), `missing` (the number that stands for nothing).
  With `levels` the array is rounded: value = low + raw * (high - low) / levels, and raw > levels is missing.

Arrays, first dimension quarters shown unless said otherwise:

- `series.NAME` [quarters], as `Run.series()`; `budget.NAME` [quarters]: revenue, requested, spent, reserve, coverage,
  held
- `members.NAME` [quarters, members]: standing and regime in words, and numbers as `Run.members()` has them;
  `members.implementation` is the index of true implementation, areas by weight
- `areas.integration` [quarters, areas]; `levers.strength` [quarters, levers]
- `measures.NAME` [measures], one for each text ever tabled, number 1 first: tabled, adopted, in_force, ended
  (quarters), fate in words, area, depth, hardness
- `spending.by_use` [quarters, uses]: what was spent on what, in quarters of dues; `uses` names them; they add up to
  what was spent
- `ladder.quarter`, `.measure` (number less one), `.member`, `.rung` in words: changes of a member's place on a measure,
  in the order of time; before the first change it is `not party`, and after `measures.ended` there is none
- `deeds.true`, `deeds.reported`: how far those inside carry a measure out, and report that they do, one number for each
  quarter in which it is in force, one measure after the other; `deeds.first` [measures] is the place of its first
- `deeds.after` [measures, members]: quarters from entry into force until the member had done all that it asks
- `events.quarter`, `.kind`, `.member`, `.measure` (number less one): every event, in the order of `Run.events()`
- `ties.weight`, `ties.near` [members, members]

A fan's buffer has the same form; its header says runs, `levels` of the bands, members (iso3); for its arrays see `Fan`.

With `until` nothing in header or arrays depends on a later quarter.
"""

from comity.film import class_board, predictions, roles
from comity.film.beside import Difference, difference
from comity.film.buffer import unpack
from comity.film.making import TABLES, Film, film
from comity.film.many import Cancelled, Fan, fan, fans
from comity.film.moves import with_moves
from comity.film.nudge import Nudge, change_of, nudge_from, nudge_of
from comity.film.settable import control, controls
from comity.film.so_far import effects_so_far
from comity.film.story import keeping, why

__all__ = [
    "TABLES", "Cancelled", "Difference", "Fan", "Film", "Nudge", "change_of", "class_board", "control", "controls",
    "difference", "effects_so_far", "fan", "fans", "film", "keeping", "nudge_from", "nudge_of", "predictions", "roles",
    "unpack", "why", "with_moves",
]  # fmt: skip
