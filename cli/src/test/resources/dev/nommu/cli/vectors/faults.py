"""Plants faults in the second reader, one at a time: each of its conditions never and always holds.
Prints each one that the vectors of the standard input do not show."""
import importlib.util
import json
import re
import sys

CONDITION = re.compile(r"^( +)if (.+?):( .*)?$")


def reader(source):
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("reader", None))
    exec(source, module.__dict__)
    return module


def shows(module, vectors):
    for vector in vectors:
        try:
            own = module.expected(vector)
        except (KeyError, TypeError, ValueError, AttributeError):
            return True
        if any(vector[name] != own[name] for name in own):
            return True
    return False


def main():
    lines = open(sys.argv[1], encoding="utf-8").read().split("\n")
    vectors = json.load(sys.stdin)["vectors"]
    first = lines.index(next(line for line in lines if line.startswith("def decide")))
    last = lines.index(next(line for line in lines if line.startswith("def expected")))
    planted = 0
    for at in range(first, last):
        condition = CONDITION.match(lines[at])
        if not condition:
            continue
        for constant in ("True", "False"):
            fault = f"{condition[1]}if {constant}:{condition[3] or ''}"
            planted += 1
            if not shows(reader("\n".join(lines[:at] + [fault] + lines[at + 1 :])), vectors):
                print(f"not shown: line {at + 1}: {lines[at].strip()} as {constant}")
    print(f"{planted} faults")


main()
