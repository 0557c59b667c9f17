"""The colours of the stylesheet as numbers: OKLCH to sRGB to the contrast ratio of WCAG 2.2."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# Björn Ottosson's published matrices of Oklab (https://bottosson.github.io/posts/oklab/), to linear sRGB.
_TO_LMS = ((1, 0.3963377774, 0.2158037573), (1, -0.1055613458, -0.0638541728), (1, -0.0894841775, -1.2914855480))
_TO_RGB = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
_NAMED = {"white": (1.0, 1.0, 1.0), "black": (0.0, 0.0, 0.0)}

Linear = tuple[float, float, float]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """The declarations of one selector, and the at-rules around it, outermost first."""

    around: tuple[str, ...]
    selector: str
    declarations: tuple[tuple[str, str], ...]


def rules(css: str) -> Iterator[Rule]:
    """Every style rule of a stylesheet that nests nothing but at-rules."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    around: list[str] = []
    text = ""
    for part in re.split(r"([{}])", css):
        if part == "{":
            around.append(text.rpartition(";")[2].strip())
        elif part == "}":
            selector = around.pop()
            if not selector.startswith("@") or selector.startswith("@page"):
                yield Rule(around=tuple(around), selector=selector, declarations=tuple(_declarations(text)))
        text = part if part not in "{}" else ""


def _declarations(text: str) -> Iterator[tuple[str, str]]:
    for each in text.split(";"):
        name, colon, value = each.partition(":")
        if colon:
            yield name.strip(), value.strip()


def tokens(css: str, *media: str) -> dict[str, str]:
    """The custom properties of ``:root``, with those inside the named media on top, in the order of the file."""
    found: dict[str, str] = {}
    for rule in rules(css):
        conditions = [each for each in rule.around if each.startswith("@media")]
        if rule.selector == ":root" and all(any(name in each for name in media) for each in conditions):
            found |= {name: value for name, value in rule.declarations if name.startswith("--")}
    return found


def colour(value: str, known: Mapping[str, str]) -> Linear | None:
    """A value as linear sRGB, clipped to what a screen can show; ``None`` for what is no colour."""
    value = value.strip()
    reference = re.fullmatch(r"var\((--[\w-]+)\)", value)
    if reference:
        return colour(known[reference[1]], known)
    if value in _NAMED:
        return _NAMED[value]
    numbers = re.fullmatch(r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)", value)
    if not numbers:
        return None
    return oklch(*(float(each) for each in numbers.groups()))


def oklch(lightness: float, chroma: float, hue: float) -> Linear:
    """OKLCH (0 to 1, 0 to 0.4, degrees) as linear sRGB."""
    lab = (lightness, chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue)))
    lms = [sum(factor * each for factor, each in zip(row, lab, strict=True)) ** 3 for row in _TO_LMS]
    red, green, blue = (min(1.0, max(0.0, sum(f * each for f, each in zip(row, lms, strict=True)))) for row in _TO_RGB)
    return red, green, blue


def contrast(one: Linear, other: Linear) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted(0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in (one, other))
    return (lighter + 0.05) / (darker + 0.05)
