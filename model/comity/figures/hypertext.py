"""A page that needs nothing else: one look, tables that scroll, pictures inside, every word escaped."""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from comity.figures.style import Picture

STYLE: Final = """
body{font:16px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:62rem;margin:2rem auto;padding:0 1.2rem}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .3rem}h2{font-size:1.25rem;margin:2.4rem 0 .4rem;border-top:1px solid
#dcdcdc;padding-top:1.2rem}h3{font-size:1.05rem;margin:1.6rem 0 .3rem}p{margin:.4rem 0}.soft{color:#5f5f5f}
img{max-width:100%;height:auto;margin:.6rem 0}table{border-collapse:collapse;font-size:.85rem;margin:.6rem 0;
font-variant-numeric:tabular-nums}th,td{text-align:left;padding:.2rem .9rem .2rem 0;border-bottom:1px solid #ececec;
vertical-align:top}th{color:#5f5f5f;font-weight:600}.wide{overflow-x:auto}details{margin:.4rem 0}summary{cursor:pointer;
color:#0072B2}pre{background:#f6f6f6;padding:.8rem;overflow-x:auto;font-size:.8rem}@media print{details{display:none}}
.hit{color:#00664b}.miss{color:#a63f00;font-weight:600}.straddles{color:#5f5f5f}nav a{margin-right:1rem}
"""


def page(title: str, parts: Iterable[str]) -> str:
    """The whole text of a page; `parts` are hypertext already."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{safe(title)}</title><style>{STYLE}</style></head>\n<body>\n" + "\n".join(parts) + "\n</body></html>\n"
    )


def image(picture: Picture, colors: int = 0) -> str:
    """A picture inside the page, with its words; of few colors (and bytes) if a number is given."""
    data = picture._repr_png_()
    if colors:
        from PIL import Image

        held = io.BytesIO()
        with Image.open(io.BytesIO(data)) as drawn:
            drawn.convert("RGB").quantize(colors, dither=Image.Dither.NONE).save(held, "png", optimize=True)
        data = held.getvalue()
    return f'<img alt="{safe(picture.alt)}" src="data:image/png;base64,{base64.b64encode(data).decode()}">'


def table(head: Iterable[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table of words and numbers; a cell that is `Raw` is put in as it is."""
    top = "".join(f"<th>{safe(name)}</th>" for name in head)
    body = "".join("<tr>" + "".join(f"<td>{_cell(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


class Raw(str):
    """Hypertext that needs no escaping."""


def _cell(cell: Any) -> str:
    return cell if isinstance(cell, Raw) else safe(number(cell))


def number(value: Any) -> str:
    """A value as people read it; a dash for what is missing."""
    if value is None or value != value:
        return "–"
    if isinstance(value, float):
        return f"{value:.4g}".replace("-", "−")
    return {"True": "yes", "False": "no"}.get(str(value), str(value))


def safe(text: str) -> str:
    """Escaped."""
    return html.escape(text, quote=True)
