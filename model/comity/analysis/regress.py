"""The outcome as a sum of its factors, and as a small tree of questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.analysis.answer import Answer, listed
from comity.analysis.sample import Factors, Refused, Sample, needs, sample
from comity.sweeps import Sweep

if TYPE_CHECKING:
    from comity.figures import Picture

DEPTH: Final = 3
LEAF: Final = 0.05
FOLDS: Final = 5


def regression(sweep: Sweep | str | Path, outcome: str, depth: int = DEPTH) -> Answer:
    """Least squares on factors in standard deviations (errors that allow for unequal spread, HC3), and a tree.

    `r2` is what the sum explains of the points it was fitted to, `tree_r2` what the tree explains of points that it
    has not seen. Refused with more coefficients than points, or without scikit-learn.
    """
    return regression_of(sample(sweep, outcome), depth)


def regression_of(given: Sample, depth: int = DEPTH) -> Answer:
    """The regression of a sample. Refused as `regression`."""
    import pandas as pd

    given = given.whole()
    x, terms = coded(given.factors)
    y = given.means
    if len(y) < 2 * (x.shape[1] + 1):
        raise Refused(f"{len(y)} points are too few for {x.shape[1] + 1} coefficients; run more, or vary less")
    effect, error, r2 = least_squares((x - x.mean(axis=0)) / x.std(axis=0), y)
    table: Any = pd.DataFrame({
        "term": terms, "effect": effect, "low": effect - 1.96 * error, "high": effect + 1.96 * error, "error": error,
    })  # fmt: skip
    table["clear"] = (table["low"] > 0.0) | (table["high"] < 0.0)
    order = table.reindex(table["effect"].abs().sort_values(ascending=False).index)
    rules, tree_r2, important = tree(given, depth)
    strong, weak = order[order["clear"]], order[~order["clear"]]["term"].tolist()
    told = [f"{row.term} ({row.effect:+.3g})".replace("-", "−") for row in strong.itertuples()]
    lead = f"A standard deviation more of a factor moves {given.outcome} by: {listed(told, 4)}; "
    said = [
        f"{lead if told else f'No factor moves {given.outcome} clearly in a straight line; '}"
        f"the sum explains {r2:.0%} of what differs.".replace("%", " %"),
        f"A tree of {depth} questions explains {max(tree_r2, 0.0):.0%} of points it has not seen".replace("%", " %")
        + (f", asking after {listed(important, 3)} first." if important else "."),
    ]
    if weak:
        said.append(f"Within noise: {listed(weak)}.")
    said += [given.noise_words(), *given.notes]
    facts = {"r2": r2, "tree_r2": tree_r2, "tree": rules, "points": len(y), "noise_share": given.noise()}

    def draw(path: str | Path | None) -> Picture:
        from comity.figures.ranked import Mark, ranked

        mark = Mark("effect", table["term"].tolist(), table[["effect", "low", "high"]].to_numpy("f8"))
        top = strong["term"].tolist()
        title = (
            f"{listed([name.replace('_', ' ') for name in top[:2]])} move{'s' if len(top) == 1 else ''} "
            f"{given.outcome.replace('_', ' ')} most"
            if top else f"No factor clearly moves {given.outcome.replace('_', ' ')}"
        )  # fmt: skip
        below = (
            f"Change with a standard deviation more of a factor; together they explain {100 * r2:.0f} %. Lines: 95 %."
        )
        return ranked([mark], title, below, f"Change of {given.outcome.replace('_', ' ')}", path, given.source)

    return Answer("regression", given.outcome, tuple(said), table, facts, draw)


def coded(factors: Factors) -> tuple[Any, list[str]]:
    """Columns for least squares: numbers as they are, categories as one column for each level but the first."""
    columns, terms = [], []
    for j in factors.moving():
        told, values = factors.levels[j], factors.values[:, j]
        if told is None or told == ("false", "true"):
            columns.append(values)
            terms.append(factors.names[j])
            continue
        for level in np.unique(values)[1:]:
            columns.append((values == level).astype("f8"))
            terms.append(f"{factors.names[j]}={told[int(level)]}")
    if not columns:
        raise Refused("no factor takes more than one value")
    return np.column_stack(columns), terms


def least_squares(x: Any, y: Any) -> tuple[Any, Any, float]:
    """Coefficients, their standard errors (HC3: MacKinnon and White 1985), and the share explained."""
    design = np.column_stack([np.ones(len(y)), x])
    inverse = np.linalg.pinv(design.T @ design)
    weights = inverse @ (design.T @ y)
    rest = y - design @ weights
    lever = np.clip(np.einsum("ij,jk,ik->i", design, inverse, design), 0.0, 1.0 - 1e-9)
    meat = design * (rest / (1.0 - lever))[:, None]
    error = np.sqrt(np.clip(np.diag(inverse @ (meat.T @ meat) @ inverse), 0.0, None))
    total = float(((y - y.mean()) ** 2).sum())
    return weights[1:], error[1:], 1.0 - float((rest**2).sum()) / total if total > 0.0 else 0.0


def tree(given: Sample, depth: int) -> tuple[str, float, list[str]]:
    """A small tree in words, what it explains of points that it has not seen, and its factors by weight."""
    kinds, choice = needs("sklearn.tree"), needs("sklearn.model_selection")
    x, terms = coded(given.factors)
    y = given.means
    made = kinds.DecisionTreeRegressor(max_depth=depth, min_samples_leaf=max(int(LEAF * len(y)), 2), random_state=0)
    folds = choice.KFold(min(FOLDS, len(y) // 2), shuffle=True, random_state=given.seed % 2**32)
    guess = choice.cross_val_predict(made, x, y, cv=folds)
    explained = 1.0 - float(((y - guess) ** 2).sum()) / float(((y - y.mean()) ** 2).sum())
    made.fit(x, y)
    order = np.argsort(-made.feature_importances_)
    return (
        kinds.export_text(made, feature_names=terms, decimals=3),
        explained,
        [terms[k] for k in order if made.feature_importances_[k] > 0.0],
    )
