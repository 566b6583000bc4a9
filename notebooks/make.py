"""Notebooks are written as text and made by running them: `python notebooks/make.py [NAME]...` makes them anew."""

from __future__ import annotations

import base64
import io
import sys
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbclient import NotebookClient
from PIL import Image

HERE = Path(__file__).parent
SECONDS = 300
COLORS = 64
"""Of a picture in a notebook: enough for lines and bands, and a third of the bytes."""
HEADER = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def sources() -> list[Path]:
    """The notebooks as text, in their order."""
    return sorted(HERE.glob("[0-9][0-9]-*.py"))


def read(source: Path) -> Any:
    """The notebook that a text makes, not yet run; the same text makes the same notebook."""
    made = jupytext.read(source, fmt="py:percent")
    made.metadata = nbformat.from_dict(HEADER)
    for number, cell in enumerate(made.cells):
        cell["id"], cell["metadata"] = f"cell-{number}", nbformat.from_dict({})
    return made


def run(source: Path) -> Any:
    """The notebook, run from top to bottom in its own folder; the first cell that fails raises."""
    made = read(source)
    client = NotebookClient(made, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": str(HERE)}})
    client.record_timing = False
    client.execute()
    for cell in made.cells:
        cell["metadata"] = nbformat.from_dict({})
        if cell["cell_type"] == "code":
            # What goes to standard error (progress, first compile) differs from machine to machine.
            cell["outputs"] = [small(each) for each in cell["outputs"] if each.get("name") != "stderr"]
    return made


def small(output: Any) -> Any:
    """An output whose picture has few colors, and no text that only names its type."""
    data = output.get("data", {})
    if "image/png" in data:
        with Image.open(io.BytesIO(base64.b64decode(data["image/png"]))) as picture:
            held = io.BytesIO()
            picture.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE).save(held, "png", optimize=True)
        data["image/png"] = base64.b64encode(held.getvalue()).decode()
        data.pop("text/plain", None)
    return output


def main(names: list[str]) -> int:
    """Make all notebooks, or those whose names begin so."""
    for source in sources():
        if not names or any(source.name.startswith(name) for name in names):
            print(source.stem, flush=True)
            nbformat.write(run(source), source.with_suffix(".ipynb"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
