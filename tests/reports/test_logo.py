"""A logo is drawn anew from a picture: nothing of the file but its pixels is kept, and what is no picture is refused."""

import io
import random
from typing import Any

import pytest
from PIL import Image

from assessment.domain.limits import LOGO_BYTES
from assessment.paths import PACKAGE
from assessment.reports.logo import LogoError, to_logo
from assessment.storage.pictures import is_plain_png
from tests.support.logos import animated, bomb, picture, with_exif

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def opened(png: bytes) -> Image.Image:
    found = Image.open(io.BytesIO(png))
    found.load()
    return found


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_becomes_a_plain_one(mode: str) -> None:
    made = to_logo(picture(mode="RGB" if mode == "I;16" else mode) if mode != "I;16" else deep())
    assert is_plain_png(made)
    assert opened(made).mode in ("RGB", "RGBA")


def deep() -> bytes:
    """A PNG with 16 bits a sample, in middle grey."""
    out = io.BytesIO()
    Image.new("I;16", (30, 20), 0x8000).save(out, "PNG")
    return out.getvalue()


def test_sixteen_bits_keep_their_grey() -> None:
    assert opened(to_logo(deep())).getpixel((5, 5)) == (128, 128, 128)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_kind_of_jpeg_becomes_a_plain_png(mode: str) -> None:
    made = to_logo(picture(kind="JPEG", mode=mode))
    assert is_plain_png(made)
    assert opened(made).size == (400, 120)


def test_transparency_stays_where_there_is_any() -> None:
    assert opened(to_logo(picture(mode="RGBA"))).getpixel((110, 2)) == (0, 0, 0, 0)
    opaque = io.BytesIO()
    Image.new("RGBA", (9, 9), (1, 2, 3, 255)).save(opaque, "PNG")
    assert opened(to_logo(opaque.getvalue())).mode == "RGB"


def test_what_a_photograph_says_about_itself_is_gone_and_it_stands_upright() -> None:
    said = "<script>alert('52.5200 N')</script>"
    source = with_exif(said)
    assert said.encode() in source
    made = to_logo(source)
    assert b"script" not in made
    assert is_plain_png(made)
    assert opened(made).size == (120, 400)


def test_text_and_profile_of_a_png_are_gone() -> None:
    from PIL.ImageCms import ImageCmsProfile, createProfile
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Comment", "<script>")
    profile = ImageCmsProfile(createProfile("sRGB")).tobytes()
    source = picture(pnginfo=told, icc_profile=profile)
    assert not is_plain_png(source)
    assert is_plain_png(to_logo(source))


@pytest.mark.parametrize(
    ("wide", "high", "size"),
    [(2400, 600, (1200, 300)), (300, 3000, (60, 600)), (6000, 3, (1200, 1)), (1, 1, (1, 1)), (1200, 600, (1200, 600))],
)
def test_a_large_picture_is_scaled_down_and_never_up(wide: int, high: int, size: tuple[int, int]) -> None:
    assert opened(to_logo(picture(wide, high))).size == size


def test_a_photograph_stays_under_a_megabyte() -> None:
    noise = Image.frombytes("RGB", (1400, 700), random.Random(1).randbytes(1400 * 700 * 3))  # noqa: S311  # nothing secret
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=60)
    made = to_logo(out.getvalue())
    assert is_plain_png(made)
    assert opened(made).width > 300


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty"),
        (SVG, "neither"),
        (b"GIF89a" + bytes(50), "neither"),
        (animated("GIF"), "neither"),
        (animated("WEBP"), "neither"),
        (animated("PNG"), "animated"),
        (picture(kind="BMP"), "neither"),
        (b"%PDF-1.7", "neither"),
        (b"MZ" + bytes(100), "neither"),
        (picture()[:200], "damaged"),
        (picture(kind="JPEG")[:700], "damaged"),
        (b"\x89PNG\r\n\x1a\n", "neither|damaged"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "neither|damaged"),
        (bomb(), "25 million pixels"),
        (bomb(5001, 5001), "25 million pixels"),
        (picture() + bytes(LOGO_BYTES), "1.1 MB; a logo can have 1 MB"),
    ],
    ids=range(16),
)
def test_what_is_no_logo_is_refused_in_plain_words(content: bytes, says: str) -> None:
    with pytest.raises(LogoError, match=says):
        to_logo(content)


def test_what_follows_the_picture_in_the_file_is_gone() -> None:
    assert b"PK\x03\x04" not in to_logo(picture() + b"PK\x03\x04 and more")


def test_the_store_takes_what_is_drawn_and_nothing_else() -> None:
    good = to_logo(picture(mode="RGBA"))
    assert is_plain_png(good)
    for bad in (
        b"",
        good[:-1],
        good + b"x",
        good[:60] + bytes([good[60] ^ 1]) + good[61:],
        picture(mode="P"),
        picture(kind="JPEG"),
        picture(1201, 10),
        bomb(),
        bomb(100, 100),
        SVG,
    ):
        assert not is_plain_png(bad)


def test_a_logo_has_the_time_that_is_documented_for_what_somebody_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}

    def drawn(_module: str, content: bytes, **limits: Any) -> bytes:
        given.update(limits)
        return content

    monkeypatch.setattr("assessment.reports.logo.make_in_child", drawn)
    to_logo(picture())
    assert (given["seconds"], given["processor_seconds"], given["uploaded"]) == (20, 5, True)
    told = (PACKAGE / "reports" / "README.md").read_text(encoding="utf-8")
    assert "an uploaded file 20 and 5 to 8" in " ".join(told.split())
