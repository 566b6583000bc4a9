"""The pages of a class: joining, a student's, the teacher's, and the projector's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import solara
import solara.server.kernel_context

from dashboard.class_desk import Desk, picture_of
from dashboard.class_pupil import Pupil
from dashboard.class_room import room

Send = Callable[[dict[str, Any]], None]


@solara.component_vue("components/class_student.vue", vuetify=False)
def StudentPage(
    facts: Any = None, film: Any = None, levers: Any = None, qr: Any = None, event_send: Send | None = None
) -> None:
    """A student's phone."""


@solara.component_vue("components/class_teacher.vue", vuetify=False)
def TeacherPage(facts: Any = None, board: Any = None, event_send: Send | None = None) -> None:
    """The teacher's desk."""


@solara.component_vue("components/class_projector.vue", vuetify=False)
def ProjectorPage(facts: Any = None, board: Any = None, film: Any = None, event_send: Send | None = None) -> None:
    """What the whole class sees."""


def use_person(make: Callable[[str], Any]) -> Any:
    """A person at this browser, who hears of every change in the class until the page is gone."""
    _, render = solara.use_state(0)

    def begin() -> Any:
        context = solara.server.kernel_context.get_current_context()
        person = make(solara.get_session_id())

        def hear(snapshot: Any) -> None:
            if not context.closed_event.is_set():
                with context:
                    person.hear(snapshot)

        context.on_close(room().watch.listen(lambda told: context.event_loop.call_soon_threadsafe(told), hear))
        return person

    person = solara.use_memo(begin, [])
    person.changed = lambda: render(lambda count: count + 1)
    return person


def heard(person: Any) -> Send:
    """What a browser sends reaches the person at it."""
    return lambda message: person.receive(str(message.get("name")), message.get("payload") or {})


@solara.component
def Student(invite: bool = False) -> None:
    """Joining, and all that comes after."""
    pupil = use_person(lambda browser: Pupil(room(), browser))
    solara.Title("comity: class")
    qr = solara.use_memo(lambda: picture_of(f"{room().address}/join"), [])
    StudentPage(
        facts=pupil.facts, film=pupil.film, levers=pupil.levers, qr=qr if invite else None, event_send=heard(pupil)
    )


@solara.component
def Join() -> None:
    """The same with the address to pass on."""
    Student(invite=True)


def use_desk() -> Desk:
    """The teacher's desk; the token may be in the address."""
    search = solara.use_router().search or ""
    token = (parse_qs(search.removeprefix("?")).get("token") or [""])[0]
    desk: Desk = use_person(lambda browser: Desk(room(), browser, token))
    return desk


@solara.component
def Teacher() -> None:
    """For the teacher alone."""
    desk = use_desk()
    solara.Title("comity: teacher")
    TeacherPage(facts=desk.facts, board=desk.board, event_send=heard(desk))


@solara.component
def Projector() -> None:
    """For the wall; the teacher's browser opens it."""
    desk = use_desk()
    solara.Title("comity: class")
    ProjectorPage(facts=desk.facts, board=desk.board, film=desk.film, event_send=heard(desk))


def class_routes(layout: Any) -> list[solara.Route]:
    """The routes of a class; students meet nothing else."""
    pages = [("/", Student), ("class", Student), ("join", Join), ("teacher", Teacher), ("projector", Projector)]
    return [solara.Route(path, component=page, layout=layout if path == "/" else None) for path, page in pages]
