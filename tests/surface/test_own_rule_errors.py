"""What a rule of one's own may not do: each error names the line, the nearest name, and what to write instead."""

from __future__ import annotations

import textwrap
from typing import Any

import pytest

import comity
from comity import RuleError


def small() -> comity.Scenario:
    return comity.load("ecowas").with_({"region.synthetic.members": 5, "run.years": 2})


JOINS = {"after": "publics"}
WRONG: dict[str, tuple[str, str]] = {
    "a column that is not there": ("member.trsut = 1.0", 'member has no column "trsut"; did you mean "trust"?'),
    "a power": ("member.trust = member.trust ** 0.5", "** gives other bits on other processors; multiply"),
    "a division": ("member.trust = 1.0 / member.power", "division by what may be zero"),
    "luck without an address": ("member.trust = np.random.random()", "luck has an address: uniform(clock, member.id"),
    "luck of Python": ("member.trust = random.random()", "luck has an address"),
    "an array": ("member.trust = np.clip(member.trust, 0, 1)", "NumPy works on arrays, a rule on one row; use min"),
    "an exponential": ("member.trust = math.exp(-1.0)", "take exp from comity.arithmetic"),
    "a sine": ("member.trust = math.sin(1.0)", "processors may differ on math.sin"),
    "output": ("print(member.trust)", "print: a rule runs compiled and in threads; write what"),
    "a list": ("x = [member.trust]", "a rule keeps no lists"),
    "a list from outside": ("SEEN.append(member.trust)", "SEEN.append cannot be called"),
    "memory outside": ("member.trust = SEEN", "SEEN (list) comes from outside"),
    "a sum": ("member.trust = sum(1.0, 2.0)", "sum: write a loop"),
    "text": ('member.trust = "high"', "'high' is no number"),
    "a loop without end": ("while member.trust < 1.0:\n    member.gain = 1.0", "a loop must end, and nothing"),
    "a place in a list": ("if member.standing in SEEN:\n    pass", "`in` asks for one of a few"),
    "a loop over things": ("for k in member:\n    pass", "a loop counts: for k in range"),
    "an error": ("raise ValueError", "a compiled rule has no errors to raise or catch"),
    "a return": ("return member.trust", "a rule returns nothing"),
    "a row that is not there": ("measure.depth = 1.0", "measure is no row; a rule reads columns of the rows"),
    "a row set aside": ("member = 1.0", "member is a row and stays what it is"),
    "a name that nobody knows": ("member.trust = rat", 'nothing here is called rat; did you mean "ratio"?'),
    "a function of too many": ("member.trust = ratio(1.0)", "ratio takes 2 arguments, not 1"),
    "names in a call": ("member.trust = ratio(a=1.0, b=2.0)", "name no arguments in a call"),
    "comparing for setting": ("member.trust == 1.0", "this compares and does nothing; = sets a column"),
    "a global": ("global FAST\nFAST = 1.0", "a rule changes rows and nothing else"),
    "a lambda": ("f = lambda x: x", "write a helper as a function beside the rule"),
}  # fmt: skip


@pytest.mark.parametrize("slip", WRONG)
def test_a_slip_is_told_with_its_line_and_what_to_write_instead(slip: str, tmp_path: Any) -> None:
    body, message = WRONG[slip]
    file = tmp_path / "notebook.py"
    head = "import math, random\nimport numpy as np\nfrom comity.arithmetic import ratio\nSEEN, FAST = [], 0.5\n"
    file.write_text(f"{head}def mine(member):\n{textwrap.indent(body, '    ')}\n    return\n    ratio(FAST, 1.0)\n")
    space: dict[str, Any] = {"__name__": "notebook"}
    exec(compile(file.read_text(), str(file), "exec"), space)
    with pytest.raises(RuleError) as caught:
        small().with_rule(space["mine"], **JOINS)
    (told, *_) = str(caught.value).splitlines()
    assert message in str(caught.value)
    assert told.startswith(f"{file}:6: mine: "), told


def arguments(names: str) -> str:
    return f"def mine({names}):\n    pass\n"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (arguments("membr"), JOINS, 'takes "membr", which is no row; did you mean "member"?'),
        (arguments("member, publics"), JOINS, "a rule that joins brings its numbers with it: RATE = 0.1"),
        (arguments("xyzzy"), JOINS, "there are clock, org, "),
        (arguments("member, why"), {"replaces": "publics.aggrieve"}, 'takes "why", which is no row'),
        (arguments("member, consent"), {"replaces": "publics.aggrieve"}, 'takes "consent", which is no row'),
        (arguments("org"), {"replaces": "publics.aggrieve"}, "publics.aggrieve is called for each member, since it "
         "takes (member, publics); yours, which takes (org), would be called once a quarter"),
        (arguments("post, member"), {"replaces": "publics.aggrieve"}, "would be called for each measure and member"),
        (arguments(""), JOINS, "takes no row"),
        (arguments("member=1"), JOINS, "no defaults"),
        (arguments("*member"), JOINS, "no defaults, no *"),
        ("def mine(member, publics):\n    member.trust = publics.gorwth\n", {"replaces": "publics.aggrieve"},
         'publics has no "gorwth"; did you mean "growth"?'),
        ("def mine(member, publics):\n    publics.growth = 1.0\n", {"replaces": "publics.aggrieve"}, "is a parameter"),
        ("def mine(member, clock):\n    clock.quarter = 1\n", JOINS, "clock.quarter cannot be written"),
        ("def mine(member, other):\n    other.trust = 1.0\n", JOINS, "other is for reading"),
        ("def mine(member, other):\n    member.trust = other.trust\n", JOINS, "so it would matter who comes first"),
        ("def mine(org, members):\n    org.power = members.trust\n", JOINS, "members[k].trust for k in range"),
        ("def mine(member)\n    pass\n", JOINS, "own rule, line 1: not Python"),
        ("import os\ndef mine(member):\n    pass\n", JOINS, "a text holds functions, and numbers"),
        ("X = open('f')\ndef mine(member):\n    pass\n", JOINS, "beside the functions stand only numbers"),
        ("X = 1\n", JOINS, "holds no function"),
        (arguments("member"), {"after": "publics.agrieve"}, 'no rule or phase "publics.agrieve" in the quarter; did '
         'you mean "publics.aggrieve"?'),
        (arguments("member"), {"replaces": "consent.ratfy"}, 'there is no rule "consent.ratfy"; did you mean '
         '"consent.ratify"?'),
        (arguments("member"), {}, "name one place"),
        (arguments("member"), {"after": "publics", "before": "exit"}, "name one place"),
        (arguments("member"), {**JOINS, "where": "member.insid"}, 'has no column "insid"; did you mean "inside"?'),
        (arguments("member"), {**JOINS, "where": "post.deciding"}, "needs the row post, which the rule does not walk"),
        (arguments("member, publics"), {"replaces": "publics.aggrieve", "where": "member.inside"}, "keeps its"),
    ],
)  # fmt: skip
def test_rows_places_and_texts_that_do_not_fit_are_told(text: str, place: dict[str, str], message: str) -> None:
    with pytest.raises(RuleError) as caught:
        small().with_rule(text, **place)
    assert message in str(caught.value)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    text = "def mine(membr, member):\n    member.trsut = 1.0\n    print(member.trust)\n"
    with pytest.raises(RuleError) as caught:
        small().with_rule(text, after="publics")
    assert len(str(caught.value).splitlines()) == 3


def test_what_is_no_plain_function_is_no_rule() -> None:
    for wrong in (lambda member: None, len, Stubborn := type("Stubborn", (), {}), 3):
        with pytest.raises(RuleError, match="a rule is a plain function"):
            small().with_rule(wrong, after="publics")  # type: ignore[arg-type]
    assert Stubborn


def test_a_function_that_numba_made_is_taken_plain() -> None:
    import numba

    def mine(member: Any) -> None:
        member.trust = 1.0

    with pytest.raises(RuleError, match="compiled already; hand in the plain function"):
        small().with_rule(numba.njit(mine), after="publics")


def test_what_only_the_compiler_sees_is_told_of_the_users_own_line() -> None:
    text = "def mine(member):\n    x = member.trust\n\n    member.trust = max(x, member)\n"
    own = small().with_rule(text, after="publics")
    with pytest.raises(
        RuleError, match=r"^<own rule [0-9a-f]+>:4: mine: cannot be compiled: max cannot take"
    ) as caught:
        own.run()
    assert "Traceback" not in str(caught.value) and caught.value.__cause__ is None


def test_a_file_that_was_edited_meanwhile_is_not_taken_for_what_runs(tmp_path: Any) -> None:
    file = tmp_path / "edited.py"
    file.write_text("def mine(member):\n    member.trust = 0.25\n")
    space: dict[str, Any] = {"__name__": "edited"}
    exec(compile(file.read_text(), str(file), "exec"), space)
    file.write_text("def mine(member):\n    member.trust = 0.75\n")
    with pytest.raises(RuleError, match="edited after this function was read"):
        small().with_rule(space["mine"], after="publics")
