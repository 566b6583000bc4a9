"""Business speaks for what pays and against what does not, and is heard most where officials can be bought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip
from comity.mechanism import Force
from comity.parameter import Parameter, Uniform
from comity.world import Area, Member, Post


@dataclass(frozen=True, kw_only=True)
class Lobby(Force):
    """Where gains depend on partners, business moves the expected gain further in the direction that it has already.

    Names     interest groups, trade policy lobbying (Grossman and Helpman 1994), regulatory capture
    Evidence  assumption (mechanisms.md, section 1: business)
    """

    pull: Annotated[float, Parameter("index", 0.0, 0.5, "gain that united business adds in an area of networks",
        prior=Uniform(0.0, 0.12))] = 0.05  # fmt: skip
    usual: Annotated[float, Parameter("index", -1.0, 1.0, "gain less cost of adapting about which business is divided",
        source="median over decisions in the regions that come with the program: .32 to .36")] = 0.35  # fmt: skip
    united: Annotated[float, Parameter("index", 0.01, 1.0, "distance from it at which business speaks with one voice",
        prior=Uniform(0.08, 0.25))] = 0.15  # fmt: skip
    capture: Annotated[float, Parameter("ratio", 0.0, 2.0, "weight added where nothing checks corruption, against half",
        prior=Uniform(0.4, 1.6))] = 1.0  # fmt: skip

    reads = ("area.network", "member.integrity", "post.adjustment", "post.gain")
    writes = ("post.gain",)


def press(post: Post, member: Member, area: Area, lobby: Lobby) -> None:
    """Consent: the sign of the gain in trade decides which way business pulls; low integrity lets it pull harder."""
    voice = clip((post.gain - post.adjustment - lobby.usual) / lobby.united, -1.0, 1.0)
    heard = 1.0 + lobby.capture * (0.5 - member.integrity)
    post.gain = clip(post.gain + lobby.pull * area.network * voice * heard, -2.0, 2.0)
