"""Checks the JSON of the standard input against a JSON Schema: as much of it as the one of the test
vectors uses, and nothing that is not known here."""
import json
import re
import sys

TYPES = {"object": dict, "array": list, "string": str, "integer": int, "null": type(None)}
NOTES = {"$schema", "$id", "$defs", "title", "description"}


def faults(value, schema, root, at="$"):
    """Yields what is wrong with a value, and where."""
    if "type" in schema and not holds("type", schema["type"], value, schema):
        yield f"{at}: expected {schema['type']}, found {value!r}"
        return
    for word, wanted in schema.items():
        if word == "$ref":
            yield from faults(value, root["$defs"][wanted.rsplit("/", 1)[1]], root, at)
        elif word == "anyOf":
            if all([*faults(value, each, root, at)] for each in wanted):
                yield f"{at}: none of {wanted}"
        elif word == "properties":
            for name in value.keys() & wanted.keys():
                yield from faults(value[name], wanted[name], root, f"{at}.{name}")
        elif word == "items":
            for index, item in enumerate(value or []):
                yield from faults(item, wanted, root, f"{at}[{index}]")
        elif word not in NOTES and not holds(word, wanted, value, schema):
            yield f"{at}: {value!r} is against {word}: {wanted}"


def holds(word, wanted, value, schema):
    """Returns whether a value is as one word of a schema says."""
    return {
        "type": lambda: isinstance(value, tuple(TYPES[t] for t in names(wanted))),
        "enum": lambda: value in wanted,
        "const": lambda: value == wanted,
        "minimum": lambda: value >= wanted,
        "maximum": lambda: value <= wanted,
        "pattern": lambda: re.search(wanted, value),
        "uniqueItems": lambda: value is None or len(set(value)) == len(value),
        "required": lambda: set(wanted) <= value.keys(),
        "additionalProperties": lambda: wanted or value.keys() <= schema["properties"].keys(),
    }[word]()


def names(wanted):
    return [wanted] if isinstance(wanted, str) else wanted


schema = json.load(open(sys.argv[1], encoding="utf-8"))
found = list(faults(json.load(sys.stdin), schema, schema))
print("\n".join(found[:10]) or "valid")
sys.exit(1 if found else 0)
