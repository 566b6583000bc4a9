"""The address bar brings a page back, in words; a broken or old one keeps what is good and says what is not."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import pytest
from dashboard.address import OWN, Move, Side, State, date_of, holds_all, quarter_of, read, written
from hypothesis import given
from hypothesis import strategies as st

NAMES = st.sampled_from(["eu", "eu+respectful", "mercosur+a-la-carte", "calendars/2010s"])
PATHS = st.sampled_from(
    ["levers.court.on", "levers.sunset.strength", "forces.consent.theory", "run.years", "levers.waiver.members"]
)
WORDS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), max_codepoint=0x2FFF), min_size=1, max_size=20)
VALUES: st.SearchStrategy[Any] = st.one_of(
    st.booleans(), st.integers(-1000, 1000), st.floats(-1e6, 1e6, allow_nan=False), WORDS,
    st.lists(st.sampled_from(["HUN", "POL", "visegrad"]), max_size=3), st.just({"uniform": [0.2, 0.9]}),
)  # fmt: skip
DATES = st.builds(date_of, st.integers(0, 400), st.just(1990))
NUDGES = st.sampled_from(["", "26~exit~member.trust~0.31~GBR~", "7~vote~measure.depth~-0.5~~12"])


def in_time(moves: list[Move]) -> tuple[Move, ...]:
    return tuple(sorted(moves, key=lambda move: move.date))


SIDES = st.builds(
    Side, NAMES, st.just(""),
    st.dictionaries(PATHS, VALUES, max_size=4).map(lambda found: tuple(found.items())),
    st.lists(st.builds(Move, DATES, PATHS, VALUES), max_size=4).map(in_time), NUDGES,
)  # fmt: skip
STATES = st.builds(
    State, SIDES, st.none() | SIDES, st.none() | st.integers(0, 2**63 - 1), st.just("") | DATES,
    st.dictionaries(st.sampled_from(["colour", "member"]), st.sampled_from(["trust", "HUN"])).map(
        lambda found: tuple(sorted(found.items()))
    ),
)  # fmt: skip


@given(STATES)
def test_what_an_address_holds_comes_back_as_it_was(state: State) -> None:
    again, wrong = read(written(state))
    assert (again, wrong) == (state, [])
    assert [type(value) for _, value in again.a.set] == [type(value) for _, value in state.a.set]


@given(st.text(max_size=300))
def test_no_text_in_the_address_bar_is_an_error(query: str) -> None:
    state, wrong = read(query)
    assert isinstance(state, State)
    assert all(isinstance(line, str) for line in wrong)
    assert read(written(state))[0] == state


def test_an_address_can_be_read_by_people() -> None:
    state = State(
        Side("eu+respectful", "", (("levers.sunset.strength", 0.4),), (Move("2014Q2", "levers.court.on", True),)),
        seed=7,
    )
    assert written(state) == (
        "v=1&scenario=eu+respectful&set=levers.sunset.strength%3D0.4&move=2014Q2~levers.court.on~true&seed=7"
    )
    assert parse_qs(written(state))["set"] == ["levers.sunset.strength=0.4"]


def test_the_address_of_the_contract_is_read_whichever_way_its_plus_is_written() -> None:
    for plus in ("%2B", "+"):
        state, wrong = read(f"?v=1&scenario=eu{plus}respectful&seed=7&at=2015Q3&b.scenario=eu&b.set=run.years%3D5")
        assert not wrong
        assert (state.a.scenario, state.seed, state.at) == ("eu+respectful", 7, "2015Q3")
        assert state.b == Side("eu", "", (("run.years", 5),))


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("scenario=eu&seed=seven", "seed"),
        ("scenario=eu&seed=99999999999999999999", "seed"),
        ("scenario=eu&at=spring", "date"),
        ("scenario=eu&move=2014Q2~levers.court.on", "move"),
        ("scenario=eu&move=2014Q9~levers.court.on~true", "move"),
        ("scenario=eu&set=levers.court.on", "setting"),
        ("scenario=eu&set=__import__('os')=1", "setting"),
        ("scenario=../../etc/passwd", "scenario"),
        ("scenario=eu&colour=red", "colour"),
        ("v=9&scenario=eu", "version"),
        ("scenario=eu&file=AAAA", "file"),
        ("scenario=own", "file"),
        ("scenario=eu&nudge=boom", "counterfactual"),
    ],
)
def test_a_broken_part_is_named_and_the_rest_is_kept(query: str, part: str) -> None:
    state, wrong = read(query + "&set=run.years%3D5")
    assert len(wrong) == 1
    assert part in wrong[0]
    assert dict(state.a.set) == {"run.years": 5}


def test_a_short_file_of_ones_own_travels_in_the_address_and_a_long_one_does_not() -> None:
    short = State(Side(OWN, "extends: eu\ntitle: Mine\n"))
    assert read(written(short)) == (short, [])
    assert holds_all(short)
    long = State(Side(OWN, "\n".join(f"# {k * k * 7919}" for k in range(4000))))
    assert not holds_all(long)
    state, wrong = read(written(long))
    assert state.a.scenario == "eu"
    assert "ask its sender" in wrong[0]


def test_a_file_that_swells_is_not_unpacked() -> None:
    import base64
    import zlib

    bomb = base64.urlsafe_b64encode(zlib.compress(b"a" * 50_000_000, 9)).decode()
    state, wrong = read(f"scenario=own&file={bomb[:20000]}")
    assert state.a.file == ""
    assert wrong


def test_dates_count_quarters_from_the_start() -> None:
    assert quarter_of("2014Q2", 2010) == 17
    assert all(quarter_of(date_of(quarter, 1995), 1995) == quarter for quarter in range(100))
