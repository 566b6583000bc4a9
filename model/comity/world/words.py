"""What the model distinguishes by name: standings, rungs, stages, regimes and rules, as whole numbers."""

from __future__ import annotations

from typing import Final

QUARTERS_PER_YEAR: Final = 4
SLOTS: Final = 64
"""Measures on the table at a time; a finished one is folded into the acquis and frees its slot."""
REGION: Final = 0
"""The subject number of a draw that all members share."""

# standing of a state
CANDIDATE: Final = 0
MEMBER: Final = 1
SUSPENDED: Final = 2
IN_NOTICE: Final = 3
WITHDRAWN: Final = 4
RETURNED: Final = 5
ASSOCIATE: Final = 6
INSIDE: Final = (MEMBER, RETURNED, SUSPENDED, IN_NOTICE)
"""The standings of those who are inside, for whoever reads a record; the rule of the census says so itself."""

# stage of a measure
EMPTY: Final = 0
DRAFT: Final = 1
OPEN: Final = 2
IN_FORCE: Final = 3

# rung of a member on a measure, and the form in which it is party
NOT_PARTY: Final = 0
PARTY: Final = 1
BOUND: Final = 2
WAIVED: Final = 3
LAPSED: Final = 4
FULL: Final = 0
TRANCHE: Final = 1
OPTED_OUT: Final = 2

# regime classes of V-Dem
CLOSED_AUTOCRACY: Final = 0
ELECTORAL_AUTOCRACY: Final = 1
ELECTORAL_DEMOCRACY: Final = 2
LIBERAL_DEMOCRACY: Final = 3

# decision rules of the organ, and rules of entry into force
CONSENSUS: Final = 0
QUALIFIED_MAJORITY: Final = 1
TWO_THIRDS: Final = 2
ON_ADOPTION: Final = 0
EACH: Final = 1
THRESHOLD: Final = 2
ALL: Final = 3
