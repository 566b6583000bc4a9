"""A result draws itself: what it knows goes to the figures, which know nothing of runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

PAGE_MARGIN: Final = 190
"""Pixels of a page above and below its panels."""

if TYPE_CHECKING:
    from comity.figures import Picture
    from comity.runs.effects import Effects
    from comity.runs.pair import Comparison
    from comity.runs.result import Ensemble, Run
    from comity.runs.several import Comparisons


def caption(result: Ensemble | Run | Effects, runs: str) -> str:
    """Where a picture's numbers come from."""
    from comity.runs.result import versions

    made = versions()
    book = made["rulebook"][:8]
    return f"{result.scenario.name}, seed {result.seed}, {runs}; comity {made['comity']}, rulebook {book}"


class RunPlots:
    """Pictures of one run; each is shown by a notebook, and saved where a path is given."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def fan(self, column: str, path: str | Path | None = None) -> Picture:
        """One column of the series through the years."""
        from comity import figures

        return figures.fan(self._run.series(), column, path, caption(self._run, f"run {self._run.run}"))

    def story(self, path: str | Path | None = None) -> Picture:
        """The whole course on one page, with what happened under it."""
        from comity import figures

        run = self._run
        return figures.run(run, path, run.scenario.title, caption(run, f"run {run.run}"))

    def tiles(self, column: str = "trust", quarter: int = -1, path: str | Path | None = None) -> Picture:
        """A column of the members in a quarter (from 0; -1 is the last), as tiles. KeyError for no such column."""
        from comity import figures

        members = self._run.members()
        when = sorted(members["quarter"].unique())[quarter]
        title = f"{self._run.scenario.title}, {int(members.loc[members['quarter'] == when, 'time'].iloc[0])}"
        return figures.tiles(members[members["quarter"] == when], column, path, title, self._caption)

    def standing(self, path: str | Path | None = None) -> Picture:
        """Who stood where through the years, and who changed: an alluvial picture."""
        from comity import figures

        return figures.standing(self._run.members(), path, self._run.scenario.title, self._caption)

    def lanes(self, path: str | Path | None = None) -> Picture:
        """What befell each member: waivers, opt-outs, rulings, suspensions, threats, exits, a lane each."""
        from comity import figures

        run, times = self._run, self._run.series()["time"]
        span = (float(times.iloc[0]), float(times.iloc[-1]))
        return figures.lanes(run.events(), list(run.begin.members), span, path, run.scenario.title, self._caption)

    def ladder(self, path: str | Path | None = None) -> Picture:
        """Each measure's way from the table to the statute book, as a heat map."""
        from comity import figures

        return figures.ladder(self._run.measures(), path, self._run.scenario.title, self._caption)

    def network(self, path: str | Path | None = None) -> Picture:
        """The ties between members, with those who threaten to leave at the end marked."""
        from comity import figures

        run, members = self._run, self._run.members()
        last = members[(members["quarter"] == members["quarter"].max()) & (members["threat"] != 0)]
        ties = run.begin.world.ties["weight"]
        return figures.network(
            list(run.begin.members), ties, list(last["iso3"]), path, run.scenario.title, self._caption
        )

    @property
    def _caption(self) -> str:
        return caption(self._run, f"run {self._run.run}")

    def why(self, member: str, path: str | Path | None = None) -> Picture:
        """What weighed in a member's weightiest decisions. ValueError if there is no such member."""
        return self._run.why(member).plot(path)


class EnsemblePlots:
    """Pictures of an ensemble that kept its series."""

    def __init__(self, ensemble: Ensemble) -> None:
        self._ensemble = ensemble

    def fan(self, column: str, path: str | Path | None = None) -> Picture:
        """One column of the series: mean of the runs, and nine in ten. ValueError if no series was kept."""
        from comity import figures

        return figures.fan(
            self._ensemble.series(), column, path, caption(self._ensemble, f"{self._ensemble.runs} runs")
        )

    def page(self, path: str | Path | None = None) -> Picture:
        """What readers ask for first, side by side. ValueError if no series was kept."""
        from comity.figures import fan, story, style, words

        many, series = self._ensemble, self._ensemble.series()
        shown = [column for column in story.PANELS if column in set(series["column"])][: story.MOST_PANELS]
        height = PAGE_MARGIN + story.PANEL_HEIGHT * -(-len(shown) // story.ACROSS)
        alt = [f"{many.scenario.title}: the mean of {many.runs} runs, and nine runs in ten."]
        with style.styled():
            figure = style.sheet(1600, height)
            style.head(figure, many.scenario.title, f"Line: the mean of {many.runs} runs. Band: nine runs in ten.")
            for k, column in enumerate(shown):
                across, down = k % story.ACROSS, k // story.ACROSS
                left, top = 0.045 + 0.242 * across, 1.0 - (150 + story.PANEL_HEIGHT * down) / height
                axes = style.place(figure, left, top - (story.PANEL_HEIGHT - 85) / height, left + 0.178, top)
                alt.append(fan(series, column, axes).alt)
                axes.set_title(words.name(column).words)
            style.foot(figure, caption(many, f"{many.runs} runs"))
        return style.finished(figure, " ".join(alt), path)


class ComparisonPlots:
    """Pictures of two scenarios under the same luck, with their series kept."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison

    def page(self, path: str | Path | None = None) -> Picture:
        """The plane of integration and respect, the years, and the differences. ValueError if no series was kept."""
        from comity import figures

        pair = self._comparison
        sides = [_side(pair.a, pair.titles[0]), _side(pair.b, pair.titles[1])]
        return figures.demo(sides, path, caption(pair.b, f"{pair.b.runs} runs of each"))

    def fan(self, column: str, path: str | Path | None = None) -> Picture:
        """One column of both series."""
        from comity import figures

        pair = self._comparison
        series = dict(zip(pair.titles, (pair.a.series(), pair.b.series()), strict=True))
        return figures.fan(series, column, path, caption(pair.b, f"{pair.b.runs} runs of each"))

    def plane(self, path: str | Path | None = None) -> Picture:
        """Integration against respect at the end, with intervals; no series is needed."""
        from comity.runs.several import Comparisons

        return Comparisons(self._comparison.a, (self._comparison.b,)).plot.plane(path)


class ComparisonsPlots:
    """Pictures of several scenarios under the same luck."""

    def __init__(self, comparisons: Comparisons) -> None:
        self._comparisons = comparisons

    def plane(self, path: str | Path | None = None) -> Picture:
        """Integration against respect, one point a scenario, with intervals of the difference from the first."""
        from comity import figures

        many = self._comparisons
        return figures.beside(many.points(), path, caption(many.a, f"{many.a.runs} runs of each"))


class EffectsPlots:
    """Pictures of what the levers of a package do."""

    def __init__(self, effects: Effects) -> None:
        self._effects = effects

    def shares(self, path: str | Path | None = None) -> Picture:
        """Each lever's share of the package's effect, and how pairs of levers work together."""
        from comity import figures

        told = self._effects
        note = caption(told, f"{told.runs} runs")
        return figures.effects(
            told.table(), told.interactions(), told.outcome, told.total, told.scenario.title, path, note
        )


def _side(ensemble: Ensemble, title: str) -> dict[str, Any]:
    return {
        "title": title,
        "series": ensemble.series(),
        "outcomes": ensemble.outcomes,
        "members": list(ensemble.begin.members),
        "exits": ensemble.exits(),
    }
