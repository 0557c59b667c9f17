"""What a stored logo must be, checked before it is kept: a plain PNG without anything but its pixels."""

import struct
import zlib

from assessment.domain.limits import LOGO_BYTES, LOGO_HEIGHT, LOGO_WIDTH

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SAMPLES = {2: 3, 6: 4}  # colour type: red, green and blue, or these with alpha


def is_plain_png(data: bytes) -> bool:
    """Tell whether this is a whole PNG of at most 1200 by 600 pixels with 8 bits a sample, as the product draws logos itself.

    Text, profiles and whatever else a PNG can carry are not let in, neither are pixels that do not add up.
    """
    if len(data) > LOGO_BYTES or not data.startswith(_SIGNATURE):
        return False
    try:
        chunks = _chunks(data)
        kinds = [kind for kind, _ in chunks]
        if kinds[0] != b"IHDR" or kinds[-1] != b"IEND" or chunks[-1][1] or set(kinds[1:-1]) != {b"IDAT"}:
            return False
        wide, high, bits, colour, *ways = struct.unpack(">IIBBBBB", chunks[0][1])
        if not (0 < wide <= LOGO_WIDTH and 0 < high <= LOGO_HEIGHT and bits == 8 and colour in _SAMPLES and ways == [0, 0, 0]):
            return False
        return _holds(b"".join(body for kind, body in chunks if kind == b"IDAT"), high * (1 + wide * _SAMPLES[colour]))
    except (struct.error, zlib.error, IndexError):
        return False


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """Return every chunk as kind and body. Raises ``IndexError`` where one is cut short or was altered."""
    found, at = [], len(_SIGNATURE)
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, body, check = data[at + 4 : at + 8], data[at + 8 : at + 8 + length], data[at + 8 + length : at + 12 + length]
        if check != zlib.crc32(kind + body).to_bytes(4, "big"):
            raise IndexError("a chunk was altered or is cut short")
        found.append((kind, body))
        at += 12 + length
    return found


def _holds(packed: bytes, expected: int) -> bool:
    """Tell whether packed pixels have exactly the expected length; never unpacks more than that."""
    unpacking = zlib.decompressobj()
    unpacked = unpacking.decompress(packed, expected + 1)
    return len(unpacked) == expected and unpacking.eof and not unpacking.unused_data
