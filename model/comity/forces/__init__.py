"""What happens whatever the organization chooses, one file each."""

from __future__ import annotations

from comity.world import CONSENSUS, Organization


def lone_no(org: Organization) -> float:
    """How much the refusal of a single state weighs, from 1 under consensus to 0 under a majority."""
    if org.required > 0.0:
        return max(2.0 * org.required - 1.0, 0.0)
    return 1.0 if org.rule == CONSENSUS else 0.0
