"""The pages: one board for a researcher, and the class's pages where there is a class."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import solara
import solara.server.kernel_context

from dashboard import presets, slots
from dashboard.serve import SETTINGS
from dashboard.session import Session


@solara.component_vue("components/bridge.vue", vuetify=False)
def Bridge(
    offered: Any = None,
    film_a: Any = None,
    film_b: Any = None,
    ghost: Any = None,
    fan_a: Any = None,
    fan_b: Any = None,
    controls: Any = None,
    assumptions: Any = None,
    parcel: Any = None,
    facts: Any = None,
    event_send: Callable[[dict[str, Any]], None] | None = None,
) -> None:
    """The one door between the browser's store and the user's session."""  # fmt: skip


@solara.component_vue("components/masthead.vue", vuetify=False)
def Masthead() -> None:
    """Name, scenario, seed, what can be done with the page as a whole; below it the clock."""


@solara.component_vue("components/clock.vue", vuetify=False)
def Clock() -> None:
    """Play, step, scrub, speed."""


@solara.component_vue("components/levers.vue", vuetify=False)
def Levers() -> None:
    """What the organization may choose."""


@solara.component_vue("components/assumptions.vue", vuetify=False)
def Assumptions() -> None:
    """What the model takes for granted."""


@solara.component_vue("components/pictures.vue", vuetify=False)
def Pictures() -> None:
    """A card for each picture."""


@solara.component_vue("components/dialogs.vue", vuetify=False)
def Dialogs() -> None:
    """Help, files in and out."""


def use_session() -> Session:
    """The user's session, made at the first look from the address; it ends with the kernel."""
    router = solara.use_router()
    _, render = solara.use_state(0)

    def begin() -> Session:
        context = solara.server.kernel_context.get_current_context()
        session = Session(router.search or "", SETTINGS.scenario)
        session.guard = lambda: context
        session.closed = context.closed_event.is_set
        session.pages = lambda: len(solara.server.kernel_context.contexts)
        context.on_close(session.close)
        return session

    session = solara.use_memo(begin, [])
    session.changed = lambda: render(lambda count: count + 1)
    return session


@solara.component
def Board() -> None:
    """The page of one user."""
    session = use_session()
    shown = session.shown
    solara.Title("comity")
    # plain values go as text: Solara would look through every one of them for components, at each change
    Bridge(
        offered=presets.offered_text(),
        film_a=shown.film_a,
        film_b=shown.film_b,
        ghost=shown.ghost,
        fan_a=shown.fan_a,
        fan_b=shown.fan_b,
        parcel=shown.parcel,
        controls=shown.controls,
        assumptions=shown.assumptions,
        facts=json.dumps(shown.facts, allow_nan=False),
        event_send=lambda message: session.receive(str(message.get("name")), message.get("payload") or {}),
    )
    with solara.Div(classes=["cm-board"]):
        Masthead()
        Clock()
        with solara.Div(classes=["cm-columns"]):
            Levers()
            with solara.Div(classes=["cm-middle"]):
                Pictures()
                for slot in slots.BELOW:
                    slot(session, shown)
            if slots.SIDE:
                with solara.Div(classes=["cm-side"]):
                    for slot in slots.SIDE:
                        slot(session, shown)
    Assumptions()
    Dialogs()


@solara.component
def Frame(children: list[Any]) -> None:
    """The page without Solara's own bars."""
    solara.Div(classes=["cm-frame"], children=children)


if SETTINGS.classroom:
    # nobody in a class can look ahead on a page of his or her own
    from dashboard.class_pages import class_routes

    routes = class_routes(Frame)
else:
    routes = [solara.Route("/", component=Board, layout=Frame)]
