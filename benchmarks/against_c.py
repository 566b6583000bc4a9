"""Is a rule written once in plain Python as fast as the same mechanism written by hand in C, to the same bits?

Implementation stands for all: a loop over posts, rows of several tables, named terms, a counter-based draw, an
exponential and a logistic. `python benchmarks/against_c.py` writes the C, compiles it with what `cc` there is, and runs
both on the same records. Our speed as a share of C's has the bar 0.8.
"""

from __future__ import annotations

import ctypes
import math
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from _timing import machine

from comity import Simulation, arithmetic, composer
from comity.forces import implementation
from comity.rulebook import Phase, Rulebook, Step
from comity.tables import Size, World

BOOK = Rulebook(
    founding=(),
    quarterly=(Phase("willing_and_able", "Willing times able.", (Step(implementation.carry_out),)),),
    forces={"implementation": implementation.Implementation},
    levers={},
    outcomes={},
)
QUARTER = 48
PASSES = 300
BAR = 0.8
FLAGS = (("-O2",), ("-O3", "-march=native"))
TABLES = ("clock", "areas", "members", "stakes", "measures", "posts", "params", "whys")

SOURCE = """
#include <stdint.h>
#include <string.h>

static const double (*powers)[2];
static double per_unit, part_high, part_low;

void prepare(const double *table, double a, double b, double c) {
    powers = (const double (*)[2])table; per_unit = a; part_high = b; part_low = c;
}

static inline double power_of_two(int64_t exponent) {
    int64_t bits = (exponent + 1023) << 52; double y; memcpy(&y, &bits, 8); return y;
}

static inline int64_t exp_parts(double x, double *high, double *low) {
    double whole = (x * per_unit + 6755399441055744.0) - 6755399441055744.0;
    double r = (x - whole * part_high) - whole * part_low;
    int64_t k = (int64_t)whole;
    const double *row = powers[k & 127];
    double r2 = r * r;
    double curve = r + r2 * ((0.5 + r * (1.0 / 6.0)) + r2 * (1.0 / 24.0 + r * (1.0 / 120.0)));
    *high = row[0];
    *low = row[1] + row[0] * curve;
    return k >> 7;
}

static double exponential(double x) {
    double high, low;
    if (x != x) return x;
    if (x > 709.782712893384) return 1.0 / 0.0;
    if (x < -745.1332191019412) return 0.0;
    int64_t exponent = exp_parts(x, &high, &low);
    double y = high + low;
    if (exponent < -1021) return y * power_of_two(exponent + 64) * 0x1p-64;
    if (exponent > 1023) return y * 2.0 * power_of_two(exponent - 1);
    return y * power_of_two(exponent);
}

static double logistic(double x) {
    double high, low, distance = x < 0.0 ? -x : x;
    if (distance > 40.0) return x < 0.0 ? exponential(x) : 1.0;
    if (x != x) return x;
    double scale = power_of_two(exp_parts(-distance, &high, &low));
    double e = (high + low) * scale;
    double e_lost = ((high - (high + low)) + low) * scale;
    double below = 1.0 + e;
    double below_lost = ((1.0 - below) + e) + e_lost;
    double share = e / below;
    double lower = share + (e_lost - share * below_lost) * (1.0 - share);
    return x < 0.0 ? lower : 1.0 - lower;
}

static double uniform(const clock_row *clock, int64_t subject, int64_t purpose, int64_t object) {
    const uint64_t word = 0xFFFFFFFFu;
    uint64_t c0 = (uint64_t)(clock->quarter + 1), c1 = (uint64_t)subject, c2 = (uint64_t)purpose,
             c3 = (uint64_t)object, k0 = (uint64_t)clock->key0, k1 = (uint64_t)clock->key1;
    for (int round = 0; round < 10; round++) {
        uint64_t p0 = 0xD2511F53u * c0, p1 = 0xCD9E8D57u * c2;
        c0 = (p1 >> 32) ^ c1 ^ k0;
        c1 = p1 & word;
        c2 = (p0 >> 32) ^ c3 ^ k1;
        c3 = p0 & word;
        k0 = (k0 + 0x9E3779B9u) & word;
        k1 = (k1 + 0xBB67AE85u) & word;
    }
    return ((double)(int64_t)((c0 << 20) | (c1 >> 12)) + 0.5) * 0x1p-52;
}

static inline double ratio(double a, double b) { return b != 0.0 ? a / b : 0.0; }
static inline double smaller(double a, double b) { return a < b ? a : b; }
static inline double larger(double a, double b) { return a > b ? a : b; }

static void carry_out(post_row *post, const member_row *member, const measure_row *measure, const area_row *area,
                      stake_row *stake, const clock_row *clock, const implementation_row *p, why_row *why) {
    if (post->rung != BOUND) return;
    post->due_in -= 1.0;
    if (post->implemented >= post->scope) { post->overdue = 0; return; }
    post->gap = larger(measure->depth * post->scope - stake->practice, 0.0);
    why->level = p->level;
    why->hardness = p->hardness * measure->hardness;
    why->sensitivity = p->sensitivity * area->sensitivity;
    why->gap = p->gap * post->gap;
    why->preference = p->preference * member->preference;
    why->trust = p->trust * (member->trust - p->usual_trust);
    why->challenger = p->challenger * member->challenger;
    why->misfit = p->misfit * post->misfit;
    why->federal = p->federal * (double)member->federal;
    why->pressure = p->pressure * post->sanction * (1.0 - member->shield);
    double logit = why->level + why->hardness + why->sensitivity + why->gap + why->preference + why->trust;
    why->logit = logit + why->challenger + why->misfit + why->federal + why->pressure;
    post->willingness = why->logit;
    double means = smaller(member->capacity + stake->capacity, 1.0) * (1.0 - member->overload);
    double able = ratio(means * means, means * means + p->half_capacity * p->half_capacity);
    double hazard = 1.0 - exponential(-p->rate * logistic(why->logit) * able);
    int easy = post->gap <= 0.0 && means > 0.0;
    why->draw = uniform(clock, member->id, CARRY_OUT, measure->serial);
    if (easy || why->draw < hazard) {
        post->implemented = post->scope;
        stake->practice = smaller(stake->practice + p->learned * post->gap, 1.0);
        post->gap = 0.0;
    }
    post->overdue = post->due_in < 0.0 && post->implemented < post->scope;
}

void all_posts(clock_row *clock, area_row *areas, member_row *members, stake_row *stakes, measure_row *measures,
               post_row *posts, params_row *params, whys_row *whys, int64_t n, int64_t n_areas, int64_t slots) {
    for (int64_t m = 0; m < slots; m++) {
        if (measures[m].stage == 0) continue;
        int64_t a = measures[m].area;
        for (int64_t i = 0; i < n; i++) {
            if (members[i].inside == 0) continue;
            carry_out(&posts[m * n + i], &members[i], &measures[m], &areas[a], &stakes[i * n_areas + a], clock,
                      &params->implementation, &whys->implementation);
        }
    }
}
"""


def struct(name: str, record: np.dtype[Any], inner: str = "") -> str:
    """A C structure with the layout of a record; a record in it is of the type `inner`."""
    kinds = {"i": "int64_t", "f": "double", "V": inner}
    assert record.names is not None
    columns = " ".join(f"{kinds[record[column].kind]} {column};" for column in record.names)
    return f"typedef struct {{ {columns} }} {name};\n"


def c_source(world: World) -> str:
    """The whole C file: the structures of this world's tables, then the mechanism."""
    head = f"#define BOUND {implementation.BOUND}\n#define CARRY_OUT {implementation.CARRY_OUT}\n#include <stdint.h>\n"
    names = {"clock": "clock", "area": "areas", "member": "members", "stake": "stakes", "measure": "measures"}
    for row, table in {**names, "post": "posts"}.items():
        head += struct(f"{row}_row", getattr(world, table).dtype)
    head += struct("implementation_row", world.params.dtype["implementation"])
    head += struct("params_row", world.params.dtype, "implementation_row")
    head += struct("why_row", world.whys.dtype["implementation"])
    return head + struct("whys_row", world.whys.dtype, "why_row") + SOURCE


def by_hand(world: World, compiler: str, flags: tuple[str, ...], folder: Path) -> Callable[[], Any]:
    """The C version of a pass over the posts of a world."""
    source, library = folder / "carry_out.c", folder / f"carry_out{'_'.join(flags)}.so"
    source.write_text(c_source(world))
    command = [compiler, *flags, "-ffp-contract=off", "-shared", "-fPIC", "-o", str(library), str(source)]
    subprocess.run(command, check=True)
    loaded = ctypes.CDLL(str(library))
    constants = (arithmetic.PARTS_PER_UNIT, arithmetic.PART_HIGH, arithmetic.PART_LOW)
    loaded.prepare(ctypes.c_void_p(arithmetic.POWERS.ctypes.data), *map(ctypes.c_double, constants))
    tables = [ctypes.c_void_p(getattr(world, name).ctypes.data) for name in TABLES]
    counts = (world.size.members, world.size.areas, len(world.measures))
    arguments = (*tables, *map(ctypes.c_int64, counts))
    return lambda: loaded.all_posts(*arguments)


def composed(world: World) -> Callable[[], Any]:
    """Our version: the rule, composed and compiled."""
    phase = composer.compiled(BOOK).phase_willing_and_able
    call = phase.compile(tuple(phase.typeof_pyval(table) for table in world.arguments))
    arguments = world.arguments
    return lambda: call(*arguments)


def race(first: Callable[[], Any], second: Callable[[], Any], world: World, start: Any) -> tuple[float, float, bool]:
    """The least microseconds of a pass of each, and whether both leave the same bits.

    They take turns, and each pass begins from the same state; to set it back does not count.
    """
    best, ends = [math.inf, math.inf], [start, start]
    for _ in range(PASSES):
        for k, passing in enumerate((first, second)):
            world.buffer[:] = start
            begun = time.perf_counter()
            passing()
            best[k] = min(best[k], time.perf_counter() - begun)
            ends[k] = world.buffer.copy()
    return 1e6 * best[0], 1e6 * best[1], bool(np.array_equal(*ends))


def from_a_run() -> World:
    """The tables of the EU in the midst of a run, with this one mechanism's numbers."""
    model = Simulation("eu", seed=1, collect=False)
    for _ in range(QUARTER):
        model.step()
    size = model.world.size
    world = World(BOOK, Size(size.members, size.areas, size.quarters))
    for name in ("clock", "org", "areas", "members", "stakes", "measures", "posts"):
        getattr(world, name)[...] = getattr(model.world, name)
    world.params[0]["implementation"] = model.world.params[0]["implementation"]
    return world


def busy(world: World) -> Any:
    """The same state with work at every post of every slot, as a buffer."""
    kept = world.buffer.copy()
    world.measures["stage"], world.members["inside"] = 3, 1
    world.posts["rung"], world.posts["scope"], world.posts["implemented"] = implementation.BOUND, 1.0, 0.0
    state = world.buffer.copy()
    world.buffer[:] = kept
    return state


def idle(world: World) -> Any:
    """The same state with no measure at all, which shows what a call costs, as a buffer."""
    kept = world.buffer.copy()
    world.measures["stage"] = 0
    state = world.buffer.copy()
    world.buffer[:] = kept
    return state


def main() -> None:
    """Print microseconds of a pass, our speed as a share of C's, and whether the bits agree."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        print("no C compiler here: nothing to compare with")
        return
    world = from_a_run()
    states = {
        "in the midst of a run": world.buffer.copy(),
        "work at every post": busy(world),
        "no measure": idle(world),
    }
    ours = composed(world)
    version = subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True).stdout.split("\n")[0]
    print(f"{machine()}\n{version}; bar {BAR}\n")
    print(f"{'':24}{'C flags':20}{'C us':>8}{'ours us':>9}{'speed':>7}  bits")
    with tempfile.TemporaryDirectory() as folder:
        for flags in FLAGS:
            theirs = by_hand(world, compiler, flags, Path(folder))
            for name, start in states.items():
                spent, mine, agree = race(theirs, ours, world, start)
                bits = "same" if agree else "DIFFERENT"
                print(f"{name:24}{' '.join(flags):20}{spent:8.1f}{mine:9.1f}{spent / mine:7.2f}  {bits}")


if __name__ == "__main__":
    main()
