"""Pictures for tests, good and bad."""

import io
import struct
import zlib

from PIL import Image, ImageDraw


def picture(wide: int = 400, high: int = 120, kind: str = "PNG", mode: str = "RGB", **more: object) -> bytes:
    """A wordless mark: a bar, a disc and a box on white, or on nothing where the mode has alpha."""
    drawn = Image.new("RGBA", (wide, high), (0, 0, 0, 0) if "A" in mode else "white")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, high // 3, wide // 4, high * 2 // 3), fill=(0, 82, 104, 255))
    pen.ellipse((wide // 3, high // 6, wide // 3 + high * 2 // 3, high * 5 // 6), fill=(196, 96, 20, 255))
    pen.rectangle((wide * 3 // 4, 0, wide - 1, high - 1), fill=(0, 82, 104, 255))
    out = io.BytesIO()
    drawn.convert(mode).save(out, kind, **more)
    return out.getvalue()


def with_exif(text: str) -> bytes:
    """A JPEG that lies on its side, says so in its EXIF, and carries a text there and in a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by a quarter to see it upright
    exif[0x010E] = text
    return picture(400, 120, "JPEG", exif=exif, comment=text.encode())


def bomb(wide: int = 60_000, high: int = 60_000) -> bytes:
    """A PNG of a few kilobytes that would take gigabytes once it is unpacked."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(10**6))) + chunk(b"IEND", b"")


def animated(kind: str) -> bytes:
    """Two pictures in one file."""
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def many_scans(most_bytes: int = 1_000_000) -> bytes:
    """A progressive JPEG that says the same over and over: a megabyte of it takes longer to draw than anybody waits."""
    out = io.BytesIO()
    Image.effect_noise((2_000, 2_000), 1).point(lambda _: 128).save(out, "JPEG", progressive=True)
    drawn = out.getvalue()
    last = drawn.rindex(b"\xff\xda")
    head, scan, end = drawn[:last], drawn[last:-2], drawn[-2:]
    return head + scan * ((most_bytes - len(head)) // len(scan)) + end
