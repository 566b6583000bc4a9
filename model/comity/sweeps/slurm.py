"""A sweep on a cluster with Slurm: an array of jobs, each a shard of the same folder."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Final

SCRIPT: Final = """\
#!/bin/bash
#SBATCH --job-name=comity
#SBATCH --array=0-{last}
#SBATCH --cpus-per-task={cores}
#SBATCH --time={hours:02}:{minutes:02}:00
#SBATCH --output={folder}/slurm-%a.log
#SBATCH --requeue
# Made by comity sweep slurm. Every job does a share of the chunks of one folder, which all jobs must see.
# A job that is ended early loses nothing: submit the same script again, and it goes on where it was.
set -eu
export COMITY_CACHE="${{COMITY_CACHE:-{folder}/.cache}}"   # the rulebook is compiled once, for all jobs
{command} sweep run {folder} --shard "$SLURM_ARRAY_TASK_ID/{jobs}" --workers "${{SLURM_CPUS_PER_TASK:-{cores}}}"
"""
SPARE: Final = 1.5
"""Time asked for, over the time that the plan expects: machines differ."""


def script(folder: Path, jobs: int, cores: int, seconds: float, command: str | None = None) -> str:
    """The text of an array script for `jobs` jobs of `cores` cores; `seconds` is the work of one core in all.

    `command` is how comity is called there; this one's path if None.
    """
    minutes = max(int(seconds * SPARE / (jobs * cores) / 60.0) + 10, 10)
    return SCRIPT.format(
        last=jobs - 1,
        jobs=jobs,
        cores=cores,
        hours=minutes // 60,
        minutes=minutes % 60,
        folder=shlex.quote(str(folder.resolve())),
        command=command or shlex.quote(str(Path(sys.executable).with_name("comity"))),
    )
