"""One look for all pictures: told apart in color and in gray, sharp on paper and screen, with words for the blind."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK: Final = "#1a1a1a"
SOFT: Final = "#5f5f5f"
FAINT: Final = "#9a9a9a"
HAIR: Final = "#dcdcdc"
LINK: Final = "#cecece"
GAIN: Final = "#009E73"
PIXELS_PER_INCH: Final = 150


@dataclass(frozen=True, slots=True)
class Look:
    """How one of several things is drawn: a color of Okabe and Ito (2008), and a dash and a shape for eyes without."""

    color: str
    dash: Any
    marker: str
    fill: str


LOOKS: Final = (
    Look("#D55E00", (0, (3.5, 1.5)), "o", "white"),
    Look("#0072B2", "solid", "s", "#0072B2"),
    Look("#009E73", (0, (6, 1.5, 1, 1.5)), "^", "white"),
    Look("#CC79A7", (0, (1, 1.2)), "D", "#CC79A7"),
    Look("#000000", "solid", "v", "white"),
    Look("#56B4E9", (0, (3.5, 1.5)), "P", "#56B4E9"),
    Look("#E69F00", (0, (6, 1.5, 1, 1.5)), "X", "#E69F00"),
)

STYLE: Final[dict[str, Any]] = {
    "axes.axisbelow": True,
    "axes.edgecolor": FAINT,
    "axes.grid": False,
    "axes.labelcolor": SOFT,
    "axes.labelsize": 8.5,
    "axes.linewidth": 0.7,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": INK,
    "axes.titlelocation": "left",
    "axes.titlepad": 6.0,
    "axes.titlesize": 8.5,
    "axes.titleweight": "bold",
    "axes.unicode_minus": True,
    "figure.dpi": PIXELS_PER_INCH,
    "figure.facecolor": "white",
    "font.family": "DejaVu Sans",
    "font.size": 8.5,
    "lines.linewidth": 1.7,
    "lines.solid_capstyle": "round",
    "pdf.fonttype": 42,
    "savefig.dpi": PIXELS_PER_INCH,
    "savefig.facecolor": "white",
    "svg.fonttype": "none",
    "svg.hashsalt": "comity",
    "text.color": INK,
    "text.parse_math": False,
    "xtick.color": FAINT,
    "xtick.labelcolor": SOFT,
    "xtick.labelsize": 7.5,
    "xtick.major.size": 2.5,
    "xtick.major.width": 0.7,
    "ytick.color": FAINT,
    "ytick.labelcolor": SOFT,
    "ytick.labelsize": 7.5,
    "ytick.major.size": 2.5,
    "ytick.major.width": 0.7,
}
"""Settings of matplotlib for all pictures, and for a notebook that wants to look the same."""

# The day on which a picture was drawn would make equal pictures unequal files.
DATES: Final = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}
# Two thirds of the time for a tenth more bytes.
QUICK: Final[dict[str, Any]] = {".png": {"pil_kwargs": {"compress_level": 3}}}
DESCRIPTION: Final = {".png": "Description", ".svg": "Description", ".pdf": "Subject"}


def ready() -> None:
    """Import the slow library now: in a thread beside the engine, the first picture need not wait for it."""
    import matplotlib.backends.backend_agg
    import matplotlib.font_manager
    import matplotlib.patheffects
    import matplotlib.ticker  # noqa: F401


@contextmanager
def styled() -> Iterator[None]:
    """Within it, matplotlib draws in this look; afterwards it is as it was."""
    from matplotlib import rc_context, rcdefaults

    settings: Any = STYLE
    with rc_context():
        rcdefaults()
        with rc_context(settings):
            yield


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn figure and what it shows in words. A notebook shows it by itself."""

    figure: Figure
    alt: str

    def save(self, path: str | Path) -> Path:
        """Written as the suffix says (.png, .svg, .pdf), with the words in the file; the folder is made if need be.

        ValueError if the suffix is another one.
        """
        path = Path(path)
        kind = path.suffix.lower()
        if kind not in DESCRIPTION:
            raise ValueError(f"{path.name}: a picture ends in {', '.join(DESCRIPTION)}, not in {kind or 'nothing'}")
        path.parent.mkdir(parents=True, exist_ok=True)
        with styled():
            self.figure.savefig(
                path, metadata=DATES.get(kind, {}) | {DESCRIPTION[kind]: self.alt}, **QUICK.get(kind, {})
            )
        return path

    def _repr_png_(self) -> bytes:
        held = io.BytesIO()
        with styled():
            self.figure.savefig(held, format="png", metadata={"Description": self.alt})
        return held.getvalue()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, Any], dict[str, Any]]:
        return {"image/png": self._repr_png_(), "text/plain": self.alt}, {"image/png": {"alt": self.alt}}


def finished(figure: Figure, alt: str, path: str | Path | None) -> Picture:
    """The picture, saved if a path is given."""
    picture = Picture(figure, alt)
    if path is not None:
        picture.save(path)
    return picture


def sheet(width: int, height: int) -> Figure:
    """An empty page of so many pixels."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width / PIXELS_PER_INCH, height / PIXELS_PER_INCH))


def place(figure: Figure, left: float, bottom: float, right: float, top: float) -> Axes:
    """Axes between four edges, in shares of the page."""
    return figure.add_axes((left, bottom, right - left, top - bottom))


def head(figure: Figure, title: str, below: str = "", wide: int = 92) -> None:
    """What is seen, in one or two lines, and how to read it."""
    inches = figure.get_size_inches()[1]
    lines = textwrap.wrap(title, wide)[:2]
    size = 13.5 if len(lines) < 2 else 11.5
    top = 1.0 - 0.16 / inches
    figure.text(0.02, top, "\n".join(lines), fontsize=size, fontweight="bold", va="top", linespacing=1.25)
    if below:
        drop = len(lines) * size * 1.3 / 72 + 0.06
        figure.text(0.02, top - drop / inches, shortened(below, 175), fontsize=8.5, color=SOFT, va="top")


def foot(figure: Figure, caption: str) -> None:
    """Where it comes from: scenario, seed, runs, version."""
    inches = figure.get_size_inches()[1]
    figure.text(0.02, 0.11 / inches, shortened(caption, 190), fontsize=7, color=FAINT, va="bottom")


def shortened(text: str, longest: int) -> str:
    """The text, or its beginning and dots."""
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def room(low: float, high: float, least: float, share: float = 0.08) -> tuple[float, float]:
    """Limits a little wider than the data, and never narrower than `least`: what hardly moves must look so."""
    middle, half = (low + high) / 2.0, max(high - low, least) / 2.0
    return middle - half * (1.0 + 2 * share), middle + half * (1.0 + 2 * share)


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places for labels near the wanted ones, in the same order, at least `gap` apart and within bounds if they fit."""
    order = sorted(range(len(wanted)), key=lambda k: wanted[k])
    placed = [0.0] * len(wanted)
    floor = low
    for k in order:
        placed[k] = max(wanted[k], floor)
        floor = placed[k] + gap
    ceiling = high
    for k in reversed(order):
        placed[k] = min(placed[k], ceiling)
        ceiling = placed[k] - gap
    return placed


def years(axes: Axes, first: float, last: float, most: int = 6) -> None:
    """Whole years along the bottom, round ones first."""
    step = next((s for s in (1, 2, 5, 10, 20, 50, 100) if (last - first) / s <= most), 100)
    start = int(-(-first // step)) * step
    ticks = list(range(start, int(last) + 1, step)) or [round(first)]
    axes.set_xticks(ticks, [str(tick) for tick in ticks])
    axes.set_xlim(first, max(last, first + 0.25))
