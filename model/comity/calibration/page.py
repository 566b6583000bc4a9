"""A fit as one HTML page that needs nothing else: targets, parameters, who sees what, how sure the method is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from comity.calibration import pictures
from comity.figures.hypertext import image, page, safe, table

if TYPE_CHECKING:
    from comity.calibration.fitting import Fit

NAME: Final = "fit.html"
DRAWN: Final = {"parameters": "parameters.png", "targets": "targets.png"}


def write(found: Fit, folder: Path) -> Path:
    """The page and its pictures, in the folder."""
    drawn = {
        "parameters": pictures.parameters(found, folder / DRAWN["parameters"]),
        "targets": pictures.targets(found, folder / DRAWN["targets"]),
    }
    told = found.document()
    images = {name: image(picture) for name, picture in drawn.items()}
    parts = [
        f"<h1>{safe(told['title'])}</h1>", *(f"<p>{safe(each)}</p>" for each in sentences(told)),
        "<h2>What was fitted to</h2>", images["targets"], _targets(told),
        "<h2>Posterior against prior</h2>", images["parameters"], _parameters(told),
        "<h2>What hangs together</h2>", _together(told),
        "<h2>Does the method find the truth?</h2>", f"<p>{safe(covered(told))}</p>", _covered(told),
        "<h2>Provenance</h2>", _provenance(told),
    ]  # fmt: skip
    target = folder / NAME
    target.write_text(page(told["title"], parts), "utf-8")
    return target


def sentences(told: dict[str, Any]) -> list[str]:
    """What was found, in plain sentences."""
    targets, free = told["targets"], told["parameters"]
    hits = {when: [t["id"] for t in targets if t[f"verdict_{when}"] == "hit"] for when in ("before", "after")}
    misses = [f"{t['id']} ({_number(t['after'])}, found {_number(t['value'])})" for t in targets
              if t["verdict_after"] != "hit"]  # fmt: skip
    spoken = [_short(p["path"]) for p in free if p["spoken"]]
    silent = [_short(p["path"]) for p in free if not p["spoken"]]
    only = [f"{_short(p['path'])} (by {p['only_by']})" for p in free if p["only_by"]]
    said = [
        f"Of {len(targets)} targets {len(hits['before'])} lay within their tolerance before the fit and "
        f"{len(hits['after'])} after it, at the middle of the posterior.",
        f"Missed: {_listed(misses)}." if misses else "None is missed.",
        f"History matching left {told['possible'][-1]:.1%} of the prior; {told['kept']} of {told['draws']:,} runs were "
        f"kept, worth {told['effective']:.0f} equal draws.".replace("%", " %"),
        f"The facts speak to {_listed(spoken)}." if spoken else "The facts speak to no parameter.",
    ]
    if silent:
        said.append(f"They do not speak to {_listed(silent)}: there the posterior is the prior.")
    if only:
        said.append(f"Seen by one fact alone: {_listed(only)}.")
    return said


def covered(told: dict[str, Any]) -> str:
    """How often intervals held the truth."""
    held = told["coverage"]["held"]
    parts = [f"{float(share):.0%} intervals held it in {value:.0%}".replace("%", " %") for share, value in held.items()]
    uneven = told["coverage"]["uneven"]
    tail = f" Ranks are uneven for {_listed([_short(each) for each in uneven])}." if uneven else ""
    return (
        f"Of {told['coverage']['truths']} truths of our own making, over all parameters, {' and '.join(parts)}.{tail}"
    )


def _targets(told: dict[str, Any]) -> str:
    head = ["fact", "outcome", "world", "found", "tolerance", "before", "", "after", "", "posterior runs (90 %)",
            "within tolerance, prior", "posterior", "source"]  # fmt: skip
    rows = [
        [t["id"], t["outcome"], t["world"], _number(t["value"]), f"{_number(t['low'])} to {_number(t['high'])}",
         _number(t["before"]), t["verdict_before"], _number(t["after"]), t["verdict_after"],
         f"{_number(t['predicted_low'])} to {_number(t['predicted_high'])}", _percent(t["accepted_prior"]),
         _percent(t["accepted"]), t["source"]]
        for t in told["targets"]
    ]  # fmt: skip
    return table(head, rows)


def _parameters(told: dict[str, Any]) -> str:
    head = ["parameter", "before", "prior", "middle", "90 %", "narrower by", "moved by", "seen by"]
    rows = []
    for p in told["parameters"]:
        ((kind, pair),) = p["prior"].items()
        sees = ", ".join(p["seen_by"]) or "no fact"
        rows.append([
            p["path"], _number(p["default"]), f"{kind} {_number(pair[0])}, {_number(pair[1])}", _number(p["middle"]),
            f"{_number(p['quantiles'][0])} to {_number(p['quantiles'][-1])}", _percent(p["shrinkage"]),
            f"{p['shift']:+.1f} sd".replace("-", "−"), sees + (" alone" if p["only_by"] else ""),
        ])  # fmt: skip
    return table(head, rows)


def _together(told: dict[str, Any]) -> str:
    rows = [[each["a"], each["b"], f"{each['r']:+.2f}".replace("-", "−")] for each in told["correlations"][:20]]
    return table(["parameter", "with", "correlation"], rows) if rows else "<p>No two parameters are tied together.</p>"


def _covered(told: dict[str, Any]) -> str:
    rows = [
        [p["path"], *(_percent(value) for value in p["held"].values()), _number(p["error"]),
         _number(p["error_of_prior"])]
        for p in told["parameters"]
    ]  # fmt: skip
    shares = [f"{float(share):.0%} interval held".replace("%", " %") for share in told["coverage"]["held"]]
    head = ["parameter", *shares, "median off by (places in the prior)", "without facts"]
    return f"<details><summary>By parameter</summary>{table(head, rows)}</details>"


def _provenance(told: dict[str, Any]) -> str:
    rows = [["seed", str(told["seed"])], ["hash", told["hash"]], *[[k, str(v)] for k, v in told["numbers"].items()],
            *[[f"loss, {name}", _number(value)] for name, value in told["losses"].items()]]  # fmt: skip
    return table(["what", "which"], rows)


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _short(path: str) -> str:
    return ".".join(path.split(".")[-2:])


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3g}".replace("-", "−")


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}".replace("%", " %").replace("-", "−")
