#!/usr/bin/env python3
"""Writes the pictures that FrameBufferPictureTest expects to see.

    python3 testcard.py ../resources/dev/nommu/chardevfb/cards

Each picture is the test card as a screen of one pixel format shows it. It is worked out from the
definition of the card and of the format alone (contract rules FB-13 and FB-14), without the program
that is tested; only the Python standard library is needed.
"""

import struct
import sys
import zlib
from pathlib import Path

WIDTH, HEIGHT = 96, 64
F = ["########", "##......", "##......", "######..", "##......", "##......", "##......", "........"]


def card(x, y):
    """The colour of a pixel of the card, 16 bits a component."""
    ramp = x * 0xFFFF // (WIDTH - 1)
    if y < 16:  # white yellow cyan green magenta red blue black
        bar = 7 - x // 12
        return tuple(0xFFFF if bar & bit else 0 for bit in (2, 4, 1))
    if y < 48:  # ramps of red, green, blue and grey
        return [(ramp, 0, 0), (0, ramp, 0), (0, 0, ramp), (ramp, ramp, ramp)][(y - 16) // 8]
    if x < 48:  # a chequerboard of single pixels
        return (0xFFFF,) * 3 if (x + y) % 2 else (0, 0, 0)
    letter = F[(y - 48) // 2][(x - 48) // 2 % 8]  # three times the letter F
    return (0xFFFF, 0x8000, 0) if letter == "#" else (0, 0, 0x4000)


def scaled(value, bits):
    """A 16-bit component in a pixel of fewer bits (FB-14)."""
    return ((value << bits) + 0x7FFF - value) >> 16


def shown(value, bits):
    """A component of some bits as 8 bits, to the nearest."""
    return round(value * 255 / ((1 << bits) - 1))


def components(*bits):
    return lambda colour: tuple(shown(scaled(v, n), n) for v, n in zip(colour, bits))


def palette(colour):
    """Three bits of red, three of green, two of blue, each spread over 16 bits in the colour map."""
    red, green, blue = colour[0] >> 13, colour[1] >> 13, colour[2] >> 14
    return (red * 0xFFFF // 7 >> 8, green * 0xFFFF // 7 >> 8, blue * 0xFFFF // 3 >> 8)


def mono(colour):
    luminance = (77 * colour[0] + 151 * colour[1] + 28 * colour[2]) >> 8
    return (255,) * 3 if luminance >= 0x8000 else (0, 0, 0)


FORMATS = {
    "r5g6b5": components(5, 6, 5),
    "r5g5b5a1": components(5, 5, 5),
    "x1r5g5b5": components(5, 5, 5),
    "a1r5g5b5": components(5, 5, 5),
    "r8g8b8": components(8, 8, 8),
    "x8r8g8b8": components(8, 8, 8),
    "a8r8g8b8": components(8, 8, 8),
    "x8b8g8r8": components(8, 8, 8),
    "a8b8g8r8": components(8, 8, 8),
    "x2r10g10b10": components(10, 10, 10),
    "a2r10g10b10": components(10, 10, 10),
    "vfb-1": mono,
    "vfb-8": palette,
    "vfb-16": components(5, 6, 5),
    "vfb-24": components(8, 8, 8),
    "vfb-32": components(8, 8, 8),
}


def chunk(kind, data):
    crc = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)


def png(pixel):
    lines = b"".join(
        b"\0" + bytes(v for x in range(WIDTH) for v in pixel(card(x, y))) for y in range(HEIGHT)
    )
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(lines, 9))
        + chunk(b"IEND", b"")
    )


if __name__ == "__main__":
    for name, pixel in FORMATS.items():
        (Path(sys.argv[1]) / (name + ".png")).write_bytes(png(pixel))
