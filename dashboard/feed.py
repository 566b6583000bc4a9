"""What happened, line by line; each line asks why. It is made of the film, in the browser alone."""

from __future__ import annotations

import solara

from dashboard.session import Session, Shown


@solara.component_vue("components/feed.vue", vuetify=False)
def FeedPanel() -> None:
    """The lines up to the clock, newest on top."""


@solara.component
def Feed(session: Session, shown: Shown) -> None:
    """What happened."""
    FeedPanel()
