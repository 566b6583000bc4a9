"""A server under watch: `python _watched.py FILE comity dashboard`; on SIGUSR1 it writes into FILE what it holds."""

from __future__ import annotations

import importlib.metadata
import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any


def watch(file: Path) -> None:
    """From now on, SIGUSR1 writes the kernels of Solara and the names of the threads."""

    def tell(*_: Any) -> None:
        contexts = sys.modules.get("solara.server.kernel_context")
        held = {
            "kernels": len(contexts.contexts) if contexts is not None else 0,
            "threads": sorted(thread.name for thread in threading.enumerate()),
        }
        part = file.with_suffix(".part")
        part.write_text(json.dumps(held), encoding="utf-8")
        os.replace(part, file)

    signal.signal(signal.SIGUSR1, tell)


def main() -> None:
    """Watch, and go on as the named command would."""
    file, command = sys.argv[1:3]
    watch(Path(file))
    (script,) = importlib.metadata.entry_points(group="console_scripts", name=command)
    sys.argv = [command, *sys.argv[3:]]
    script.load()()


if __name__ == "__main__":
    main()
