#!/usr/bin/env python3
"""Reads test vectors of mmap from the standard input, works out from the sentences of docs/RULES.md
what becomes of each request, and says where the vectors say something else."""
import json
import sys

PAGE, BLOCK, TOP, WORD = 1 << 12, 1 << 22, 1 << 63, 1 << 64
DIRECT, COPY = "MAP_DIRECT", "MAP_COPY"
PERMITS = {1: "READ_MAP", 2: "WRITE_MAP", 4: "EXEC_MAP"}
BY_DEFAULT = {"regular": {COPY}, "blockdev": {COPY}, "chardev": {DIRECT, "READ_MAP", "WRITE_MAP"}}


def decide(vector, ask, because):
    """Returns outcome, rule and use; asks the driver, and adds the rules that led elsewhere."""
    request, file, document = vector["request"], vector["file"], vector["profile"] == "document"
    address, length, page = (int(request[name], 16) for name in ("address", "length", "page"))
    flags, prot = request["flags"], request["prot"]
    size, start = -(-length // PAGE) * PAGE % WORD, page * PAGE % WORD
    shared, write, execute = flags & 15 == 1, prot & 2, prot & 4

    if flags & 0x10: return "EINVAL", "MMAP-05"
    if document and address: return "EINVAL", "MMAP-05"
    if flags & 15 not in (1, 2): return "EINVAL", "MMAP-06"
    if length == 0: return "EINVAL", "MMAP-07"
    if size == 0: return "ENOMEM", "MMAP-08"
    if page + size // PAGE >= WORD: return "EOVERFLOW", "MMAP-09"

    if file is None:
        because.append("MMAP-23")
        if size > BLOCK: return "ENOMEM", "COPY-02"
        return "zeroed", "ANON-01", "own"

    kind, has, mode, given = file["kind"], file["operations"], file["open"], file["capabilities"]
    append_only, noexec, traced = (t in file["traits"] for t in ("append_only", "noexec", "traced"))
    if "mmap" not in has: return "ENODEV", "MMAP-10"
    if given is None and kind not in BY_DEFAULT: return "EINVAL", "MMAP-11"
    because.append("BDI-02" if given is not None else "BDI-03")
    left = set(BY_DEFAULT[kind] if given is None else given)

    def drop(rule, *dropped):
        if left.intersection(dropped):
            because.append(rule)
            left.difference_update(dropped)

    unreadable = "read" not in has or mode == "O_WRONLY"
    drop("MMAP-12", *[DIRECT] * ("get_unmapped_area" not in has), *[COPY] * unreadable)
    if mode == "O_WRONLY": return "EACCES", "MMAP-13"
    permitted = all(PERMITS[bit] in left for bit in PERMITS if prot & bit)
    if shared:
        if write and mode == "O_RDONLY": return "EACCES", "MMAP-14"
        if append_only and mode != "O_RDONLY": return "EACCES", "MMAP-15"
        if DIRECT not in left: return "ENODEV", "MMAP-17"
        drop("MMAP-18", COPY)
        if not permitted: return "EINVAL", "MMAP-20"
    else:
        served = document and DIRECT in left and permitted and not write and not traced
        if COPY not in left and not served: return "ENODEV", "MMAP-19"
        if write: drop("MMAP-19", DIRECT)
        if not permitted: drop("MMAP-20", DIRECT)
    if execute and noexec: return "EPERM", "MMAP-21a"

    own = not shared and (write or traced)
    if own: because.append("SHARE-10" if write else "FLAGS-08")
    if DIRECT in left and not own:
        place = ask("get_unmapped_area")
        if place == "EINVAL": return place, "DIR-03"
        if place == "ENOSYS" and COPY not in left: return "ENODEV", "DIR-04"
        if place == "ENOSYS": because.append("DIR-04")
        else:
            if start + size >= TOP: return "EINVAL", "DIR-12"
            if place == "foreign": return "EIO", "PLUGIN-01"
            consent, rule = ask("mmap"), "DIR-05" if shared else "DIR-06"
            if consent == "ok": return "direct", "DIR-02", "shareable"
            if consent != "ENOSYS": return consent, rule
            if COPY not in left: return "ENODEV", rule
            because.append(rule)

    if size > BLOCK: return "ENOMEM", "COPY-02"
    if start + size >= TOP: return "EINVAL", "COPY-10"
    if kind == "chardev" and not document: return "EINVAL", "COPY-05"
    count = ask("read")
    if count == "too-much": return "EIO", "PLUGIN-01"
    if count == "EIO": return count, "COPY-03"
    return "copied", "COPY-01", "own" if own else "shareable"


def expected(vector):
    """Returns what a vector should say; an answer that it does not have is ENOSYS."""
    asked, because = {}, []

    def ask(question):
        asked[question] = vector["answers"].get(question, "ENOSYS")
        return asked[question]

    outcome, rule, *use = decide(vector, ask, because)
    return dict(answers=asked, outcome=outcome, rule=rule, because=because, use=[*use, "none"][0])


def main():
    different = count = 0
    for line in sys.stdin:
        if not line.startswith('{"profile"'):
            continue
        vector = json.loads(line.rstrip(",\n"))
        count += 1
        own = expected(vector)
        if any(vector[name] != own[name] for name in own):
            different += 1
            if different <= 10:
                print(line.rstrip(), "expected", json.dumps(own), sep="\n", file=sys.stderr)
    print(f"{count} vectors, {different} of them different")
    return 1 if different or not count else 0


if __name__ == "__main__":
    sys.exit(main())
