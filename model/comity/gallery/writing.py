"""The gallery as hypertext: verdicts first, then misses with reasons, then every picture with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from comity.figures.history import chapter
from comity.figures.hypertext import Raw, image, number, safe, table
from comity.figures.hypertext import page as whole
from comity.figures.pattern import pattern
from comity.figures.verdicts import verdict

if TYPE_CHECKING:
    from comity.gallery.making import Gallery

COLORS: Final = 48
TITLE: Final = "How comity fares against what is known"
ROLES: Final = {
    "fitted": "numbers of the model were fitted to these; a hit is no surprise",
    "informed": "never fitted, but known while the rules were designed",
    "blind": "never seen while the model was made",
}
NOTHING_KNOWN: Final = "not understood yet"


def page(found: Gallery) -> str:
    """The page's text."""
    told = found.told
    parts = [f"<h1>{TITLE}</h1>", f'<p class="soft">{safe(_provenance(found.provenance))}</p>']
    writers: dict[str, Any] = {
        "facts": _facts,
        "patterns": _patterns,
        "history": _history,
        "fit": _fit,
        "turning": _turning,
    }
    names = {"facts": "Facts", "patterns": "Patterns", "history": "History", "fit": "Fit", "turning": "Conclusions"}
    links = "".join(f'<a href="#{name}">{names[name]}</a>' for name in told)
    parts.append(f"<nav>{links}</nav>")
    for name, part in told.items():
        parts.append(f'<h2 id="{name}">{names[name]}</h2>')
        parts += writers[name](part)
    return whole(TITLE, parts)


def _provenance(told: Mapping[str, Any]) -> str:
    made = ", ".join(f"{name} {version}" for name, version in told["versions"].items())
    runs = f"{told['runs']} runs of each world" if told["runs"] else "runs of each world as its part asks for"
    return f"{runs}, seed {told['seed']}; {made}. Every uncertain number is drawn from its prior in each run."


def mark(said: str) -> Raw:
    """A verdict in its color, and in words."""
    return Raw(f'<span class="{safe(said)}">{safe(said)}</span>')


def _facts(part: Mapping[str, Any]) -> list[str]:
    rows = part["rows"]
    head = ["role", "kind", "facts", "hit", "straddle", "miss", "naive hits", "counts as validation"]
    summary = [
        [each["role"], f"{each['label']} {each['kind']}".strip(), each["facts"], each["hit"], each["straddles"],
         each["miss"], each["baseline_hits"], each["counts"]]
        for each in part["summary"]
    ]  # fmt: skip
    parts = [*(f"<p><b>{role}</b>: {means}.</p>" for role, means in ROLES.items()), table(head, summary)]
    parts += ["<h3>Misses, and why</h3>", _misses(rows, part["reasons"])]
    for role in ROLES:
        those = [row for row in rows if row["role"] == role]
        if those:
            parts.append(f"<h3>{role.capitalize()}</h3>")
            parts += [each for row in those for each in _fact(row)]
    return parts


def _misses(rows: Sequence[Mapping[str, Any]], reasons: Mapping[str, Mapping[str, str]]) -> str:
    wrong = [row for verdict in ("miss", "straddles") for row in rows if row["verdict"] == verdict]
    cells = []
    for row in wrong:
        known = reasons.get(row["id"], {"mechanism": "", "reason": NOTHING_KNOWN})
        asked = f"{number(row['target_low'])} to {number(row['target_high'])}"
        cells.append(
            [
                row["id"],
                row["statement"],
                asked,
                row["value"],
                mark(row["verdict"]),
                known["mechanism"],
                known["reason"],
            ]
        )
    return table(["fact", "statement", "asked for", "runs say", "verdict", "mechanism", "why"], cells)


def _fact(row: Mapping[str, Any]) -> list[str]:
    interval = "" if row["low"] is None else f" ({number(row['low'])} to {number(row['high'])})"
    label = f", {row['label']}" if row["label"] else ""
    where = f"{row['scenario']} with {row['set']}" if row["set"] else row["scenario"]
    told = f"{row['outcome']} in {where}: {number(row['value'])}{interval}"
    naive = f"naive ({row['baseline_kind']}): {number(row['baseline'])}, {row['baseline_verdict']}"
    return [
        f'<p id="fact-{safe(row["id"])}"><b>{safe(row["id"])}</b> {safe(row["statement"])} {mark(row["verdict"])} '
        f'<span class="soft">({safe(row["kind"])}{safe(label)})</span></p>',
        image(verdict(row), COLORS),
        f'<p class="soft">{safe(told)}; {safe(naive)}. Source: {safe(row["source"])}.</p>',
    ]


def _patterns(part: Sequence[Mapping[str, Any]]) -> list[str]:
    parts = ["<p>Only patterns that no rule was written for (emergent) count as validation.</p>"]
    for each in part:
        interval = "" if each["low"] is None else f" ({number(each['low'])} to {number(each['high'])})"
        parts += [
            f"<h3>{safe(each['statement'])} {mark(each['verdict'])}</h3>",
            f'<p class="soft">{safe(each["label"])}; {safe(each["how"])}: {number(each["value"])}{interval} '
            f"{safe(each['unit'])}</p>",
            image(pattern(each), COLORS),
        ]
    return parts


def _history(part: Mapping[str, Any]) -> list[str]:
    parts = [
        "<p>Lower is better, but for the area under the curve. Shocks are given with their dates.</p>",
    ]
    for each in part["chapters"]:
        rows = [
            [score["what"], score["rule"], score["role"], score["model"],
             "; ".join(f"{name} {number(value)}" for name, value in score["naive"].items()),
             "all" if len(score["beaten"]) == len(score["naive"]) else ", ".join(score["beaten"]) or "none"]
            for score in each["scores"]
        ]  # fmt: skip
        parts += [
            f"<h3>{safe(each['question'])}</h3>", f"<p>{safe(each['text'])}</p>", image(chapter(each), COLORS),
            table(["forecast", "score", "role", "model", "naive", "beats"], rows),
        ]  # fmt: skip
    return parts


def _fit(part: Mapping[str, Any]) -> list[str]:
    targets = [
        [each["id"], each["outcome"], each["value"], f"{number(each['low'])} to {number(each['high'])}", each["before"],
         each["after"], mark(each["verdict_after"]), each["accepted"]]
        for each in part["targets"]
    ]  # fmt: skip
    return [
        f"<p>{safe(part['title'])}: of {part['draws']:,} draws {part['kept']} were kept, worth {part['effective']:.0f} "
        "equal ones. <code>comity calibrate</code> fits again.</p>",
        table(["fact", "outcome", "found", "tolerance", "before", "after", "verdict", "accepted share"], targets),
        "<h3>Posterior against prior</h3>", _parameters(part["parameters"]),
    ]  # fmt: skip


def _parameters(rows: Sequence[Mapping[str, Any]]) -> str:
    cells = [
        [each["path"], each["middle"], each["sd"], each["spoken"], ", ".join(each["seen_by"]), each["only_by"] or ""]
        for each in rows
    ]
    return table(["number", "middle", "sd", "facts speak to it", "seen by", "by one fact alone"], cells)


def _turning(part: Mapping[str, Any]) -> list[str]:
    rows = []
    for each in part["conclusions"]:
        suspects = "; ".join(map(_suspect, each["suspects"]))
        share = each["share_same_sign"]
        rows.append([
            each["scenario"], each["outcome"], each["difference"],
            f"{each['difference_low']:+.3f} to {each['difference_high']:+.3f}",
            "–" if share is None else f"{100 * share:.0f} %", ", ".join(each["turned_by"]) or "none alone", suspects,
        ])  # fmt: skip
    first = part["conclusions"][0]
    return [
        f"<p>What the package {safe(first['b'])} has more than {safe(first['a'])}, and which uncertain number could "
        "turn it: all are drawn at once, then each suspect is put alone at the ends of its prior.</p>",
        table(["region", "outcome", "difference", "95 %", "same sign over all priors", "turned by", "suspects"], rows),
    ]  # fmt: skip


def _suspect(told: Mapping[str, Any]) -> str:
    ends = [f"{told[f'at_{end}']:+.3f} at {number(told[f'{end}_value'])}" for end in ("low", "high")]
    return f"{told['parameter']}: {', '.join(ends)}"
