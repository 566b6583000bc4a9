"""Arrays travel to the browser as one run of bytes with a header that says where each lies and how to read it."""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

VERSION: Final = 1
GRAIN: Final = 8
"""Every array begins at a multiple of so many bytes, which a typed array in a browser asks for."""
FORMATS: Final = ("f4", "u1", "u2")


@dataclass(frozen=True, slots=True)
class Part:
    """One array on its way: values as they are stored, and what the header says of them beside type and place."""

    values: Any
    said: Mapping[str, Any] = field(default_factory=dict)


def exact(values: Any, **said: Any) -> Part:
    """Numbers in single precision, or whole numbers in as few bytes as hold them."""
    values = np.asarray(values)
    if values.dtype.kind == "f":
        return Part(np.ascontiguousarray(values, "<f4"), said)
    most = int(values.max()) if values.size else 0
    return Part(np.ascontiguousarray(values, "u1" if most < 2**8 else "<u2"), said)


def rounded(values: Any, low: float, high: float, kind: str = "u2", **said: Any) -> Part:
    """Numbers between fixed bounds in `levels` even steps; what is missing is the one value after the last step."""
    levels = 254 if kind == "u1" else 65_534
    inside = (np.clip(values, low, high) - low) * (levels / (high - low))
    steps = np.where(np.isnan(inside), levels + 1, np.rint(inside))
    bounds = {"low": low, "high": high, "levels": levels}
    return Part(np.ascontiguousarray(steps, "u1" if kind == "u1" else "<u2"), {**said, **bounds})


def pack(header: Mapping[str, Any], parts: Mapping[str, Part], same: Mapping[str, str]) -> tuple[dict[str, Any], bytes]:
    """The whole header, and header and arrays as bytes; `same` gives an array a second name."""
    told: dict[str, Any] = {}
    pieces: list[bytes] = []
    place = 0
    for name, part in parts.items():
        raw = part.values.tobytes()
        kind = f"{part.values.dtype.kind}{part.values.dtype.itemsize}"
        told[name] = {"type": kind, "shape": list(part.values.shape), "offset": place, **part.said}
        gap = -len(raw) % GRAIN
        pieces += [raw, b"\0" * gap]
        place += len(raw) + gap
    told |= {name: told[other] for name, other in same.items()}
    whole = {**header, "arrays": told}
    text = json.dumps(whole, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    text += b" " * (-(4 + len(text)) % GRAIN)
    return whole, struct.pack("<I", len(text)) + text + b"".join(pieces)


def unpack(buffer: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and arrays of a buffer, as a browser reads them; ValueError for bytes that are none.

    Rounded numbers come back as numbers, missing ones as NaN; whole numbers and words stay whole.
    """
    try:
        (length,) = struct.unpack_from("<I", buffer)
        header = json.loads(buffer[4 : 4 + length])
        if header["version"] != VERSION:
            raise ValueError(f"version {header['version']}, not {VERSION}")
        arrays = {name: _array(buffer, 4 + length, said) for name, said in header["arrays"].items()}
    except (struct.error, KeyError, TypeError, UnicodeDecodeError, ValueError) as error:
        raise ValueError(f"these bytes are no film: {error}") from None
    return header, arrays


def _array(buffer: bytes, start: int, said: Mapping[str, Any]) -> Any:
    if said["type"] not in FORMATS:
        raise ValueError(f"arrays of type {said['type']}")
    count = math.prod(said["shape"])
    raw = np.frombuffer(buffer, "<" + said["type"], count, start + said["offset"]).reshape(said["shape"])
    if "levels" not in said:
        return raw
    values = said["low"] + raw * ((said["high"] - said["low"]) / said["levels"])
    return np.where(raw > said["levels"], np.nan, values)
