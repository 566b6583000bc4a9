"""A regional assembly gives minorities and opposition a voice, and makes integration something to fight over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip
from comity.mechanism import Lever
from comity.parameter import Normal, Parameter, Uniform
from comity.world import DRAFT, Measure, Member, Organization


@dataclass(frozen=True, kw_only=True)
class Assembly(Lever):
    """Members of parliament from government and opposition, and observers of minorities, debate what is tabled.

    Names     parliamentary assembly, input legitimacy (Scharpf 1999), politicization (Hooghe and Marks 2009)
    Price     salience: open conflict arouses exclusive identity at home; delay; cost; autocrats dislike it
    Evidence  T9 (procedure counts beside outcomes; that of an assembly is contested: drawn around a small gain)
    Misuse    a full assembly where identity divides most: the debate costs more than the voice brings
    """

    group = "voice"
    cost: Annotated[float, Parameter("share of full dues", 0.0, 1.0, "cost at full strength",
        prior=Uniform(0.01, 0.06), source="European Parliament: about 1.2 % of the budget; more in small ones")
        ] = 0.03  # fmt: skip
    heard: Annotated[float, Parameter("trust a quarter", -0.02, 0.02,
        "direct effect on trust in a full democracy",
        prior=Normal(0.001, 0.0015), source="T9", contested=True)] = 0.001  # fmt: skip
    represented: Annotated[float, Parameter("share", 0.0, 1.0,
        "what binds against the own vote that is no longer felt as imposed",
        prior=Uniform(0.2, 0.7))] = 0.45  # fmt: skip
    voiced: Annotated[float, Parameter("share", 0.0, 1.0, "input of the periphery that comes through",
        prior=Uniform(0.1, 0.5))] = 0.3  # fmt: skip
    amended: Annotated[float, Parameter("share", 0.0, 1.0, "tailoring won in debate",
        prior=Uniform(0.0, 0.3))] = 0.15  # fmt: skip
    delay: Annotated[float, Parameter("quarters", 0.0, 20.0, "time that a full debate takes",
        prior=Uniform(1.0, 4.0))] = 2.0  # fmt: skip
    aroused: Annotated[float, Parameter("logit", 0.0, 5.0,
        "pressure behind challengers where all are exclusively attached, in a full democracy",
        prior=Uniform(0.1, 1.1), source="Hooghe and Marks 2009 (memory)")] = 0.6  # fmt: skip
    resented: Annotated[float, Parameter("index a quarter", 0.0, 0.05, "preference lost in a full autocracy",
        prior=Uniform(0.0, 0.006))] = 0.003  # fmt: skip

    reads = ("measure.age", "measure.delay", "measure.stage", "measure.tailoring", "member.democracy",
             "member.identity", "member.inside", "member.preference", "member.procedure", "member.voice",
             "org.coverage", "org.requested")  # fmt: skip
    writes = ("measure.delay", "measure.tailoring", "member.preference", "member.procedure",
              "member.represented", "member.salience", "member.voice", "org.assembly", "org.requested")  # fmt: skip


def request(org: Organization, assembly: Assembly) -> None:
    """Plan: seats, sessions and translation cost money."""
    org.requested += assembly.cost * assembly.strength


def open_session(org: Organization, assembly: Assembly) -> None:
    """Plan: the assembly is as strong as it is meant and paid to be."""
    org.assembly = clip(assembly.strength * org.coverage, 0.0, 1.0)


def seat(member: Member, org: Organization, assembly: Assembly) -> None:
    """Plan: the outvoted have somebody to speak for them, and everybody hears them speak."""
    if member.inside == 0:
        return
    seated = assembly.strength * org.coverage
    member.represented = clip(assembly.represented * seated, 0.0, 1.0)
    member.voice = clip(member.voice + assembly.voiced * seated, 0.0, 1.0)
    member.procedure += assembly.heard * seated * member.democracy
    member.salience = assembly.aroused * seated * seated * member.identity * member.democracy
    autocracy = (1.0 - member.democracy) * (1.0 - member.democracy)
    member.preference = clip(member.preference - assembly.resented * seated * autocracy, -1.0, 1.0)


def debate(measure: Measure, org: Organization, assembly: Assembly) -> None:
    """Drafting: a debate takes time, and amends."""
    if measure.stage == DRAFT and measure.age == 0:
        measure.delay += assembly.delay * assembly.strength
        amended = assembly.amended * assembly.strength * org.coverage
        measure.tailoring = clip(measure.tailoring + amended, 0.0, 1.0)
