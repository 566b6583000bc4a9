"""How long does a scenario file take, good or hostile? Nothing may take longer than 50 ms.

python benchmarks/scenario_files.py
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from comity.scenario import ScenarioError, check, load, shipped

REPEATS = 7
ALLOWED_MS = 50.0


def laughs(levels: int) -> str:
    """Each line names the one before ten times over."""
    lines = ["a0: &a0 [ha]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, levels)]
    return "\n".join(lines)


HOSTILE = {
    "billion laughs": laughs(12),
    "list of values to the limit of size": "a: [" + "1," * 500_000 + "1]",
    "ten million members": "region: {synthetic: {members: 10000000}}",
    "wrong keys to the limit of size": "\n".join(f"key_{i}: {i}" for i in range(60_000)),
    "wrong levers, near to true ones": "levers:\n" + "\n".join(f"  sunsett{i}: {{on: 1}}" for i in range(3_000)),
    "deep brackets": "[" * 500_000,
    "deep indentation": "\n".join(" " * i + "a:" for i in range(1_000)),
    "one long word": "title: " + "x" * 1_000_000,
    "one long key": "x" * 1_000_000 + ": 1",
    "one long number": "run: {years: " + "9" * 1_000_000 + "}",
    "duplicates": "run: 1\n" * 15_000,
    "anchors": "\n".join(f"k{i}: &a{i} 1" for i in range(50_000)),
    "only comments": "# words\n" * 130_000,
    "extends itself by a long list": "extends: [" + ", ".join(["hostile.yaml"] * 5_000) + "]",
    "extends unknown names": "extends: [" + ", ".join(f"regoin{i}" for i in range(5_000)) + "]",
    "a kilobyte of noise": "\x01\x02\x7f" * 300,
}


def milliseconds(source: str | Path) -> float:
    """The best of a few tries; what the file is worth does not matter here."""
    best = float("inf")
    for _ in range(REPEATS):
        start = time.perf_counter()
        try:
            load(source)
        except ScenarioError as error:
            str(error)
        best = min(best, time.perf_counter() - start)
    return 1e3 * best


def main() -> None:
    """Print a line for each shipped scenario and each hostile file."""
    rows = [(card.name, milliseconds(f"{card.kind}/{card.name}")) for card in shipped()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hostile.yaml"
        for name, text in HOSTILE.items():
            path.write_text(text)
            rows.append((f"{name} ({len(check([path]))} problems)", milliseconds(path)))
    for name, spent in rows:
        print(f"{spent:8.1f} ms  {'' if spent <= ALLOWED_MS else 'TOO SLOW '}{name}")


if __name__ == "__main__":
    main()
