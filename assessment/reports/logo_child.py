"""Draws a picture anew as a logo. Run as a program in a process of its own: a picture in, a PNG or why not out."""

import io
import sys
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from assessment.domain.limits import LOGO_BYTES, LOGO_HEIGHT, LOGO_WIDTH

MOST_PIXELS = 25_000_000
# Modes that can hold transparency, and what a picture is brought to before it is scaled.
_WITH_ALPHA = ("LA", "PA", "RGBA", "RGBa", "La")


def draw(picture: bytes) -> bytes:
    """Return the logo as PNG. Raises ``ValueError`` with the name of the reason where the picture cannot be one."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        found = Image.open(io.BytesIO(picture), formats=("PNG", "JPEG"))
        if found.format == "PNG" and getattr(found, "n_frames", 1) > 1:
            raise ValueError("animated")
        found.load()
        upright = ImageOps.exif_transpose(found)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise ValueError("too-many-pixels") from None
    except UnidentifiedImageError:
        raise ValueError("other-kind") from None
    except (OSError, SyntaxError, IndexError, EOFError):
        raise ValueError("damaged") from None
    return _as_png(_pixels_only(upright))


def _pixels_only(picture: Image.Image) -> Image.Image:
    """Return the pixels in red, green, blue and, where any is transparent, alpha; without palette, profile or anything said."""
    if picture.mode.startswith("I;16"):
        picture = picture.convert("I").point(lambda level: level / 256).convert("L")
    alpha = picture.mode in _WITH_ALPHA or "transparency" in picture.info
    plain = picture.convert("RGBA" if alpha else "RGB")
    if alpha and plain.getchannel("A").getextrema()[0] == 255:
        plain = plain.convert("RGB")
    plain.info = {}
    return plain


def _as_png(picture: Image.Image) -> bytes:
    wide, high = LOGO_WIDTH, LOGO_HEIGHT
    while True:
        picture.thumbnail((wide, high), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        picture.save(out, "PNG", optimize=True)
        if out.tell() <= LOGO_BYTES:
            return out.getvalue()
        # A photograph takes more as PNG than it did as JPEG; a little smaller, it still prints well.
        wide, high = picture.width * 3 // 4, picture.height * 3 // 4


def main() -> None:
    """Read a picture from standard input, and write what became of it to standard output."""
    try:
        made = draw(sys.stdin.buffer.read())
    except ValueError as error:
        made = str(error).encode()
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
