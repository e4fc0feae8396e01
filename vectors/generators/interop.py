#!/usr/bin/env python3
"""Round trips between passlift and the real systems: `npm run interop [-- --rounds N --seed S --only hasher]`.

Every installed system hashes random passwords with random parameters and passlift verifies them; passlift's targets hash, and the
systems verify. passlift must refuse neighbours of the password wherever the system that made the digest does: one bit, one case, a
space more, the other Unicode form. passlift uses the line protocol of the other systems. Exit code 1 where an answer is wrong, 2
where no system is found.
"""

import argparse
import collections
import functools
import json
import random
import sys
import unicodedata

from systems import LineSystem, all_systems, is_text
from write import all_hashers

# Targets of passlift, and the hashers that read their digests.
TARGETS = ("bcrypt", "argon2id")
WORDS = [
    "caf\u00e9", "Stra\u00dfe", "na\u00efve", "\u00c5ngstr\u00f6m",
    "\u05e1\u05d9\u05e1", "\u5bc6\u7801", "\U0001f511", "lantern", "O'Brien", "\t",
]
SIGNS = [chr(code) for code in range(0x20, 0x7F)]


def draw_password(draw):
    kind = draw.randrange(10)
    if kind == 0:
        return draw.randbytes(draw.randrange(1, 40))
    if kind == 1:
        return "".join(draw.choices(SIGNS, k=draw.randrange(60, 120))).encode()
    words = draw.choices(WORDS, k=draw.randrange(1, 4)) + draw.choices(SIGNS, k=draw.randrange(0, 8))
    return unicodedata.normalize(draw.choice(["NFC", "NFD"]), "".join(words)).encode()


def neighbours(draw, password):
    """Neighbours of a password: (what, another password)."""
    flipped = bytearray(password)
    flipped[draw.randrange(len(password))] ^= 1 << draw.randrange(8)
    found = [("one bit", bytes(flipped)), ("a space more", password + b" ")]
    if is_text(password):
        text = password.decode()
        forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]
        at = draw.randrange(len(text))
        found += [("one case", (text[:at] + text[at].swapcase() + text[at + 1 :]).encode())]
        found += [(OTHER_FORM, form.encode()) for form in forms]
    return [(what, other) for what, other in found if other != password]


OTHER_FORM = "the other Unicode form"
# passlift takes the passwords of SCRAM in every Unicode form, also where SASLprep refuses one and its makers take the typed bytes.
ANY_FORM = {"scram"}


class Tally:
    def __init__(self):
        self.done, self.wrong, self.untold = collections.Counter(), [], 0

    def expect(self, holds, **what):
        if not holds:
            self.wrong.append({name: value.hex() if isinstance(value, bytes) else value for name, value in what.items()})


def passlift():
    return LineSystem("passlift", ["node", "passlift.mjs"], [*TARGETS], verifies=[*all_hashers()], install="npm run build")


def try_real(tally, draw, ours, hasher, system):
    """Checks that passlift verifies a digest of a real system, and refuses neighbours of its password."""
    found = all_systems()[system]
    for _ in range(100):
        password, values = draw_password(draw), hasher.draw(draw)
        if hasher.takes(system, password, values):
            break
    else:
        return tally.expect(False, hasher=hasher.name, system=found.name, problem="takes none of 100 passwords")
    digest = hasher.make(system, password, values)
    told = {"hasher": hasher.name, "system": found.name, "digest": digest}
    context = {"context": hasher.context_of(digest)}
    tally.expect(ours.verify(hasher.name, password, digest, **context), **told, password=password, problem="passlift refuses it")
    tally.expect(hasher.verify(system, password, digest), **told, password=password, problem="its own maker refuses it")
    for what, other in neighbours(draw, password):
        if what == OTHER_FORM and hasher.name in ANY_FORM:
            continue
        theirs = hasher.verify(system, other, digest)
        if theirs is None:
            tally.untold += 1
            continue
        told["of"] = password
        tally.expect(ours.verify(hasher.name, other, digest, **context) is theirs, **told, password=other, problem=f"{what}: the maker says {theirs}")
    tally.done[f"{hasher.name} by {found.name}"] += 1


def try_ours(tally, draw, ours, target):
    """Checks that every real system verifies a digest of passlift's target, and refuses a neighbour of its password."""
    password = draw_password(draw)
    digest = ours.hash(target, password)
    # The bcrypt target writes Django's form where bcrypt would cut the password.
    hasher = all_hashers()["bcrypt_sha256_django" if digest.startswith("bcrypt_sha256$") else target]
    near = [(other, ours.verify(hasher.name, other, digest), what) for what, other in neighbours(draw, password)]
    for system in filter(lambda system: all_systems()[system].is_there(), hasher.systems):
        told = {"target": target, "system": all_systems()[system].name, "digest": digest}
        for tried, expected, what in [(password, True, "the password"), *near]:
            shown = hasher.asked(system, {"digest": digest, "password": "", "flags": [], "result": "valid"})
            theirs = [hasher.verify(system, tried, one) for one in shown]
            if theirs and theirs[0] is not None:
                problem = f"{what}: the system says {theirs[0]}"
                tally.expect(theirs[0] is expected, **told, password=tried, of=password, problem=problem)
                tally.done[f"{hasher.name} by passlift, read by {told['system']}"] += tried == password


def look_for(only):
    """The installed systems as [(hasher, system)], with a printed line for each system that is found or missing."""
    there = {key: system.is_there() for key, system in all_systems().items()}
    for key, system in all_systems().items():
        print(f"  {system.name}: {system.version}" if there[key] else f"  {system.name}: not found; {system.install}")
    hashers = [hasher for name, hasher in all_hashers().items() if only in (None, name) and hasher.draw]
    for name in (name for name, hasher in all_hashers().items() if not hasher.draw):
        print(f"  {name} has no `draw` and is left out")
    makers = [key for key in there if there[key] and all_systems()[key].makes]
    return [(hasher, system) for hasher in hashers for system in hasher.systems + hasher.makers if system in makers]


def main():
    call = argparse.ArgumentParser(prog="npm run interop --")
    call.add_argument("--rounds", type=int, default=300)
    call.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    call.add_argument("--only", choices=sorted(all_hashers()), metavar="HASHER")
    options = call.parse_args()
    pairs = look_for(options.only)
    if not pairs or options.rounds < 1:
        problem = "no rounds" if pairs else "no real system is installed; vectors/generators/install.sh does that"
        print(f"interop: {problem}", file=sys.stderr)
        return 2
    print(f"{options.rounds} round trips, --seed {options.seed}")
    draw, ours, tally = random.Random(options.seed), passlift(), Tally()
    made = [functools.partial(try_ours, tally, draw, ours, target) for target in TARGETS if options.only in (None, target)]
    tasks = []
    for place, pair in enumerate(pairs):
        # What passlift makes comes in between, or few rounds would never reach it.
        tasks += made if place % 20 == 0 else []
        tasks.append(functools.partial(try_real, tally, draw, ours, *pair))
    # Another seed begins with other hashers, so that few rounds reach all of them in time.
    draw.shuffle(tasks)
    if options.rounds < len(tasks):
        print(f"Some pairs of hasher and system are left out: {len(tasks)} rounds reach all of them.")
    for number in range(options.rounds):
        tasks[number % len(tasks)]()
    for what, count in sorted(tally.done.items()):
        print(f"  {what}: {count}")
    for wrong in tally.wrong[:20]:
        print(json.dumps(wrong, ensure_ascii=False))
    print(f"{len(tally.wrong)} answers are not as they should be; {tally.untold} neighbours were nothing that the maker takes.")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
