"""Decisions are told in plain words: great ones in paragraphs, small ones a line each, routine in one sentence."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from comity.runs.decisions import MAJOR, ROUTINE
from comity.runs.quantities import term
from comity.runs.why import CHANCE, Decision

if TYPE_CHECKING:
    from comity.runs.story import Story

MOST_TERMS: Final = 5
MOST_SMALL: Final = 12
"""Small decisions told one by one; the others are counted."""
FAR: Final = 20.0
"""Log-odds beyond which a distance is no number that tells anybody anything."""
INDENT: Final = "        "
HOW_TO_READ: Final = (
    "How to read this: the terms of a decision add up to log-odds (0 is even odds, −4.6 one in a hundred). Luck, drawn "
    "once for each decision, sets a bar; a yes is what lies above it. What would have turned a decision was tried in "
    "this very run, with all else and all luck the same."
)
OF_WHAT: Final[Mapping[str, str]] = {
    "coup": "of a coup", "election": "of challengers in government", "implementation": "that it would be done now",
    "suspension": "of being suspended", "readmission": "of being readmitted", "ruling": "of a ruling now",
    "waiver": "that it would be used now", "precedent": "that it would follow", "refusal": "of an answer, yes or no,",
    "threat": "of a threat", "notice": "of notice", "threat_dropped": "of relenting", "return": "of a return",
}  # fmt: skip
"""What a draw below the chance means, where that is not a yes."""
FOLLOWS: Final[Mapping[str, str]] = {
    "exit": "Nothing was left to chance: its notice had run out.",
    "accession": "Nothing was left to chance: the date had been set.",
    "notice_withdrawn": "Nothing was left to chance: a new and friendlier government took it back.",
    "threat_dropped": "Nothing was left to chance: a new and friendlier government dropped it.",
    "coup": "Nothing was left to chance: it stands in the calendar.",
    "implementation": "Nothing was left to chance: its own practice went as deep already.",
    "resumption": "Nothing was left to chance: the time of the waiver was over.",
    "text": "",
    "move": "",
    "effort": "",
    "readmission": "Nothing was left to chance: the coup government was gone.",
}
NEWS: Final = ("challengers come into government", "challengers leave government")
TITLES: Final[Mapping[str, str]] = {
    "coup": "Coup", "election": "Election", "accession": "Accession", "vote": "Vote", "ratification": "Ratification",
    "opt_out": "Opt-out", "deferral": "Deferral", "implementation": "Implementation", "suspension": "Suspension",
    "readmission": "Readmission", "ruling": "Ruling", "waiver": "Waiver", "resumption": "Waiver ends",
    "precedent": "Opt-out by precedent", "lapse": "Sunset", "threat": "Threat", "concession": "Answer",
    "refusal": "Answer", "notice": "Notice", "threat_dropped": "Threat dropped", "notice_withdrawn": "Notice withdrawn",
    "court_exit": "Court", "court_return": "Court", "move": "Levers",
    "exit": "Exit", "return": "Return", "tabled": "Agenda", "text": "Text", "effort": "Effort",
}  # fmt: skip


def lines(story: Story, width: int) -> Iterator[str]:
    """The story, line by line."""
    run = story.run.scenario.resolved["run"]
    last = run["start"] + run["years"] - 1
    luck = f"seed {story.run.seed}, run {story.run.run}"
    whose = "what the organization decided" if story.member is None else story.name
    yield from _wrapped(f"{story.run.scenario.title}: {whose} ({run['start']} to {last}; {luck})", width)
    yield ""
    yield from _wrapped(summary(story.decisions, SUMMARY if story.member else ORGANIZATION), width)
    great, small = chosen(story)
    untold = sum(each.weight != ROUTINE for each in story.decisions) - len([e for e in (*great, *small) if e.weight])
    before = True
    for each in story.decisions:
        if each in great:
            yield ""
            yield from _wrapped(f"{each.date}  {heading(each, story.member)}.", width)
            for sentence in filter(None, (odds(each), weights(each), turning(each) or unturned(each))):
                yield from _wrapped(INDENT + sentence, width)
            before = True
        elif each in small:
            if before:
                yield ""
            yield from _wrapped(
                f"{each.date}  {heading(each, story.member)}. {reason(each)}{turning(each)}".rstrip(), width
            )
            before = False
    if story.whole and untold:
        yield ""
        yield from _wrapped(f"{untold} small decisions more are in the table.", width)
    for sentence in story.levers_in_words():
        yield ""
        yield from _wrapped(sentence, width)
    yield ""
    yield from _wrapped(HOW_TO_READ, width)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, subsequent_indent=INDENT if text[:4].isdigit() else _margin(text))


def _margin(text: str) -> str:
    return INDENT if text.startswith(INDENT) else ""


def chosen(story: Story) -> tuple[list[Decision], list[Decision]]:
    """What is told in a paragraph and what in a line; of some quarters alone, everything in a paragraph."""
    if not story.whole:
        return list(story.decisions), []
    great = [each for each in story.decisions if each.weight == MAJOR or each.result in NEWS]
    small = [each for each in story.decisions if each not in great and _is_told(each)]
    return great, sorted(small, key=closeness)[:MOST_SMALL]


def _is_told(each: Decision) -> bool:
    """No votes for a text, no election that changes nothing, no refusal to let stand aside: they are counted."""
    if each.decision == "vote":
        return each.result.startswith("votes against")
    return each.weight != ROUTINE and each.decision != "election" and "refused" not in each.result


def closeness(each: Decision) -> float:
    """How little would have turned it."""
    return abs(each.margin) if each.margin is not None else FAR


def heading(each: Decision, member: str | None = "") -> str:
    """What was decided, about what, and about whom, unless it is that member's story."""
    about = f" (text {each.measure}, {each.area})" if each.measure is not None else ""
    about += f"; {each.detail}" if each.detail else ""
    title = TITLES.get(each.decision) or each.decision.replace("_", " ").capitalize()
    title += f", {each.member}" if member is None and each.member else ""
    return f"{title}: {each.result}{about}"


def odds(each: Decision) -> str:
    """How likely a yes was, and how clearly luck gave it or withheld it."""
    if each.chance is None or each.draw is None or each.logit is None or each.threshold is None:
        return FOLLOWS.get(each.decision, "Nothing was left to chance: it followed from what had gone before.")
    margin = each.logit - each.threshold
    by = f"by {abs(margin):.2f}" if abs(margin) < FAR else "by far"
    bar = (
        f"luck set the bar at {signed(each.threshold)}" if abs(each.threshold) < FAR else "luck set no bar within reach"
    )
    passed = "it was passed" if margin > 0.0 else "it was missed"
    what = OF_WHAT.get(each.decision, "of a yes")
    return f"The chance {what} was {percent(each.chance)}, log-odds {signed(each.logit)}; {bar}, and {passed} {by}."


def weights(each: Decision) -> str:
    """The terms in order of weight."""
    named = [(name, value) for name, value in each.weighed if name != CHANCE]
    if not named:
        return ""
    said = [f"{term(name)} {signed(value)}" for name, value in named[:MOST_TERMS]]
    rest = f"; all the rest {signed(sum(v for _, v in named[MOST_TERMS:]))}" if len(named) > MOST_TERMS else ""
    return f"What weighed: {'; '.join(said)}{rest}."


def reason(each: Decision) -> str:
    """What weighed most for the answer that was given, in a few words."""
    sign = 1.0 if each.margin is not None and each.margin > 0.0 else -1.0
    pulling = [(name, v) for name, v in each.weighed if v * sign > 0.0 and name not in (CHANCE, "level", "floor")]
    if pulling:
        return "What spoke for that: " + ", ".join(f"{term(name)} {signed(v)}" for name, v in pulling[:2]) + ". "
    return f"The chance was {percent(each.chance)}. " if each.chance is not None else ""


def turning(each: Decision, others: bool = True) -> str:
    """The smallest change that turns it, and, unless they are not wanted, the smallest of other columns."""
    turn = each.counterfactual
    if turn is None:
        return ""
    change = turn.change[0].upper() + turn.change[1:]
    also = f", and {turn.text}" if turn.text and turn.text != turn.result else ""
    more = "; ".join(f"{other.change}: {other.result}" for other in each.alternatives) if others else ""
    return f"{change}: {turn.result}{also}.{f' Or {more}.' if more else ''}"


def unturned(each: Decision) -> str:
    """That nothing turns it, where something might have."""
    return "No single change within its bounds would have turned it; other luck would have." if each.terms else ""


def summary(decisions: Sequence[Decision], sayings: Mapping[str, Say]) -> str:
    """How often what happened; `sayings` make a sentence of a count and the counts of its results."""
    if not decisions:
        return "Nothing was decided by it or about it that changed anything."
    counted = Counter(each.decision for each in decisions)
    results = Counter((each.decision, each.result) for each in decisions)
    told = []
    for decision, say in sayings.items():
        if counted[decision]:
            told.append(say(counted[decision], Counter({r: n for (d, r), n in results.items() if d == decision})))
    told += [f"{TITLES.get(name, name)}: {times(n)}." for name, n in counted.items() if name not in sayings]
    return " ".join(told)


Say = Callable[[int, Counter[str]], str]


def _votes(_: int, results: Counter[str]) -> str:
    return f"It voted for {texts(results['votes for it'])} and against {results['votes against it']}."


def _elections(many: int, results: Counter[str]) -> str:
    came = results["challengers come into government"] + results["challengers stay in government"]
    end = "never brought challengers into government" if not came else f"left challengers in government {times(came)}"
    return f"{_number(many)} election{'s' * (many != 1)} {end}."


def _opt_outs(many: int, results: Counter[str]) -> str:
    let = results["is let stand aside"]
    return f"It asked to stand aside {times(many)} and was let {times(let) if let else 'never'}."


SUMMARY: Final[Mapping[str, Say]] = {
    "vote": _votes,
    "ratification": lambda many, _: f"It ratified {texts(many)}.",
    "implementation": lambda many, _: f"It carried out {many} obligation{'s' * (many != 1)}.",
    "opt_out": _opt_outs,
    "deferral": lambda many, _: f"It deferred part of {texts(many)}.",
    "precedent": lambda many, _: f"It followed others out of {texts(many)}.",
    "waiver": lambda many, _: f"It used a waiver {times(many)}.",
    "resumption": lambda many, _: f"A waiver ended {times(many)}.",
    "ruling": lambda many, _: f"The court ruled against it {times(many)}.",
    "lapse": lambda many, _: (
        f"{_number(many)} term{'s' * (many != 1)} ended, and with {'them' if many != 1 else 'it'} what had bound it."
    ),
    "election": _elections,
    "coup": lambda many, _: f"{_number(many)} coup{'s' * (many != 1)}.",
    "accession": lambda _, __: "It joined.",
    "suspension": lambda many, _: f"It was suspended {times(many)}.",
    "readmission": lambda many, _: f"It was readmitted {times(many)}.",
    "threat": lambda many, _: f"It threatened to leave {times(many)}.",
    "concession": lambda many, _: f"A demand of it was met {times(many)}.",
    "refusal": lambda many, _: f"A demand of it was turned down {times(many)}.",
    "threat_dropped": lambda many, _: f"It dropped a threat {times(many)}.",
    "notice": lambda many, _: f"It gave notice {times(many)}.",
    "notice_withdrawn": lambda many, _: f"It took its notice back {times(many)}.",
    "court_exit": lambda many, _: f"It left the court{'' if many == 1 else ' ' + times(many)}.",
    "court_return": lambda many, _: f"It came back to the court{'' if many == 1 else ' ' + times(many)}.",
    "exit": lambda many, _: f"It left{'' if many == 1 else ' ' + times(many)}.",
    "return": lambda many, _: f"It came back{'' if many == 1 else ' ' + times(many)}.",
}


def _fates(many: int, results: Counter[str]) -> str:
    failed = results["the text fails"]
    fate = f"{many - failed} passed and {failed} failed" if failed else "all passed"
    return f"Of {texts(many)} that came to the vote, {fate}."


def _efforts(_: int, results: Counter[str]) -> str:
    up, down = results["raises its effort at enforcement"], results["lowers its effort at enforcement"]
    return f"Its effort at enforcement rose in {up} years and fell in {down}."


ORGANIZATION: Final[Mapping[str, Say]] = {
    "tabled": lambda many, _: f"The organization put {texts(many)} on its agenda.",
    "text": _fates,
    "concession": lambda many, _: f"It met a demand {times(many)}.",
    "refusal": lambda many, _: f"It turned a demand down {times(many)}.",
    "suspension": lambda many, _: f"It suspended a member {times(many)}.",
    "readmission": lambda many, _: f"It readmitted a member {times(many)}.",
    "effort": _efforts,
    "move": lambda many, _: f"Its policy moved a lever {times(many)}.",
}


def times(count: int) -> str:
    """Once, twice, 3 times."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def texts(count: int) -> str:
    """1 text, 2 texts."""
    return f"{count} text{'s' * (count != 1)}"


def _number(count: int) -> str:
    return {1: "One", 2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}.get(count, str(count))


def percent(chance: float) -> str:
    """A chance for people; small ones with a digit that says something."""
    percents = 100 * min(max(chance, 0.0), 1.0)
    return (
        f"{percents:.0f} %"
        if 10.0 <= percents <= 99.0
        else f"{percents:.2g} %"
        if percents < 10.0
        else f"{percents:.1f} %"
    )


def signed(value: float) -> str:
    """Log-odds with their sign."""
    text = f"{abs(value):.2f}"
    return text if float(text) == 0.0 else ("+" if value > 0.0 else "−") + text
