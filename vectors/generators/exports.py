#!/usr/bin/env python3
"""Writes the sample exports of vectors/exports, with the systems that write such files.

    python3 vectors/generators/exports.py [reader ...] [--check]

`--check` writes nothing, and fails where a file would change.
"""

import argparse
import sys

from exports import EXPORTS, all_samples


def main():
    call = argparse.ArgumentParser()
    call.add_argument("readers", nargs="*")
    call.add_argument("--check", action="store_true")
    options = call.parse_args()
    changed = []
    for sample in all_samples():
        if options.readers and sample.name.split("/")[0] not in options.readers:
            continue
        files = sample.files()
        print(sample.name)
        for name, content in files.items():
            path = EXPORTS / name
            if path.exists() and path.read_bytes() == content:
                continue
            changed.append(name)
            if not options.check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    print(f"Changed: {', '.join(changed) or 'none'}.")
    return 1 if options.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
