"""Every colour that a component uses is a role, and every role has its contrast, in light, in dark and on paper."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.colours import colour, contrast, oklch, rules, tokens

CSS = (Path(__file__).parent.parent.parent / "static" / "style.css").read_text(encoding="utf-8")
THEMES = {
    "light": tokens(CSS),
    "dark": tokens(CSS, "prefers-color-scheme: dark"),
    "print": tokens(CSS, "print"),
}
TEXT, MARK = 4.5, 3.0
# What stands on what. Text needs 4.5 to 1; marks, focus rings and the borders of controls need 3 to 1.
PAIRS: Mapping[str, tuple[float, tuple[str, ...]]] = {
    "text": (TEXT, ("canvas", "surface", "field", "accent-soft", "attention-soft", "problem-soft")),
    "text-quiet": (TEXT, ("canvas", "surface", "field", "accent-soft")),
    "accent": (TEXT, ("canvas", "surface", "field", "accent-soft")),
    "accent-strong": (TEXT, ("canvas", "accent-soft")),
    "on-accent": (TEXT, ("accent", "accent-strong")),
    "attention": (TEXT, ("canvas", "surface")),
    "problem": (TEXT, ("canvas", "problem-soft")),
    "positive": (TEXT, ("canvas",)),
    "canvas": (TEXT, ("text", "problem")),
    "line-strong": (MARK, ("canvas", "field")),
    "focus": (MARK, ("canvas", "surface", "field", "accent-soft")),
    "series-1": (MARK, ("canvas",)),
    "series-2": (MARK, ("canvas",)),
}
# Lines between things that are told apart by space and headings already. Nothing depends on seeing them.
DECORATION = {"line"}


def used() -> set[str]:
    """The tokens that components use, without their dashes."""
    return {
        name
        for rule in rules(CSS)
        for declared, value in rule.declarations
        if not declared.startswith("--")
        for name in re.findall(r"var\(--([\w-]+)\)", value)
    }


def is_colour(name: str) -> bool:
    return f"--{name}" in THEMES["light"] and colour(f"var(--{name})", THEMES["light"]) is not None


@pytest.mark.parametrize("theme", THEMES)
def test_what_stands_on_what_can_be_told_apart(theme: str) -> None:
    known = THEMES[theme]
    short = []
    for front, (least, backs) in PAIRS.items():
        for back in backs:
            if front not in used() or back not in used():
                continue
            one, other = colour(f"var(--{front})", known), colour(f"var(--{back})", known)
            assert one is not None
            assert other is not None
            if contrast(one, other) < least:
                short.append(f"{front} on {back}: {contrast(one, other):.2f}, at least {least}")
    assert short == []


def test_every_role_has_its_pair() -> None:
    paired = set(PAIRS) | {back for _, backs in PAIRS.values() for back in backs} | DECORATION
    colours = {name for name in used() if is_colour(name)}
    assert len(colours) > 8
    assert sorted(colours - paired) == [], "add the role to PAIRS, with what it stands on"


def test_components_use_roles_and_no_colours_of_their_own() -> None:
    for rule in rules(CSS):
        for name, value in rule.declarations:
            if not name.startswith("--"):
                assert not re.search(r"oklch|rgb|hsl|#[0-9a-f]{3}", value), f"{rule.selector}: {name}: {value}"
    changed = {name for theme in ("dark", "print") for name in THEMES[theme] if THEMES[theme][name] != THEMES["light"][name]}
    fixed = {f"--{name}" for name in used() if is_colour(name)} - changed
    assert fixed == set(), "a colour that is the same in every theme is no role"


def test_the_themes_differ() -> None:
    assert len({THEMES[theme]["--canvas"] for theme in THEMES}) == 3


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [((0, 0, 0), (1, 0, 0), 21.0), ((0.627955, 0.257683, 29.2339), (1, 0, 0), 3.998), ((0.5998, 0, 0), (1, 0, 0), 3.95)],
)
def test_contrast_is_what_others_measure(
    one: tuple[float, float, float], other: tuple[float, float, float], ratio: float
) -> None:
    assert contrast(oklch(*one), oklch(*other)) == pytest.approx(ratio, rel=0.01)
