"""Without a mouse, with a bar that stays, with forced colours, without motion, and on paper."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Locator, Page, expect

from tests.support.sheets import words_of
from tests.support.states import STATES, Stage, State

MOST_TABS = 90


def state(name: str) -> State:
    (found,) = (each for each in STATES if each.name == name)
    return found


@pytest.fixture
def page(chromium: Chromium) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


FOCUSED = """() => {
  const each = document.activeElement;
  return (each.labels?.[0] ?? each).innerText?.trim() ?? "";
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on what has this name."""
    passed = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(FOCUSED))
        if passed[-1].startswith(name):
            return
    raise AssertionError(f"{name!r} is not among {passed}")


def test_the_main_job_needs_no_mouse(page: Page, address: str) -> None:
    keyboard = page.keyboard
    page.goto(address)
    tab_to(page, "Skip to the content")
    tab_to(page, "Start an assessment")
    keyboard.press("Enter")
    page.wait_for_url("**/start")
    tab_to(page, "Name of your organisation")
    keyboard.type("Keys & Sons")
    tab_to(page, "ISO 9001: quality management systems")
    keyboard.press("Space")
    tab_to(page, "Start")
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview of Keys & Sons")
    tab_to(page, "4 Context")
    keyboard.press("Enter")
    expect(page.locator("form[data-autosave]")).to_be_visible()
    tab_to(page, "Not there")
    keyboard.press("Space")
    keyboard.press("ArrowDown")
    expect(page.locator("fieldset.question").first.get_by_label("Informal")).to_be_checked()
    tab_to(page, "Note and evidence")
    keyboard.press("Enter")
    tab_to(page, "Note")
    keyboard.type("By keyboard.")
    expect(page.locator("#saving")).to_contain_text("Saved", timeout=15_000)
    tab_to(page, "Save and continue")
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("5 Leadership")
    tab_to(page, "Check the answers of this path")
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check your answers")
    assert "By keyboard." in page.inner_text("main")
    tab_to(page, "Results")
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Where Keys & Sons stands")
    assert "1 of" in page.inner_text("main")


# How many pixels of what has the focus lie under the bar that stays, or outside the window.
COVERED = """() => {
  const each = document.activeElement;
  if (each === document.body || each.closest(".sticky")) return 0;
  const {top, bottom} = each.getBoundingClientRect();
  const bar = document.querySelector(".sticky").getBoundingClientRect();
  const covered = Math.min(bottom, bar.bottom) - Math.max(top, bar.top);
  return bottom - top > innerHeight - bar.height ? 0 : Math.round(Math.max(covered, bottom - innerHeight, -top, 0));
}"""


@pytest.mark.parametrize("size", [(1280, 720), (320, 640), (320, 256)], ids=["desktop", "phone", "400 % zoom"])
@pytest.mark.parametrize("name", ["question page, answered", "what-if, some closed"])
def test_what_has_the_focus_is_never_covered(stage: Stage, name: str, size: tuple[int, int]) -> None:
    with stage.shown(state(name)) as page:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(reduced_motion="reduce")
        for key in ["Tab"] * 60 + ["Shift+Tab"] * 30:
            page.keyboard.press(key)
            assert page.evaluate(COVERED) <= 0, f"{key}: {page.evaluate('document.activeElement.outerHTML')[:200]}"


# Shapes of drawings that carry a meaning and can hardly be told from the page: contrast of fill and stroke below 3 to 1.
FAINT_SHAPES = """() => {
  const pixel = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const light = (colour) => {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pixel.getImageData(0, 0, 1, 1).data;
    if (alpha < 128) return null;
    const linear = (each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = [red, green, blue].map((each) => linear(each / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = light(getComputedStyle(document.body).backgroundColor) ?? 1;
  const seen = (colour) => {
    const found = colour === "none" ? null : light(colour);
    return found !== null && (Math.max(found, ground) + 0.05) / (Math.min(found, ground) + 0.05) >= 3;
  };
  const drawings = "main svg:is([role=img], .chart, .range *, .spine *)";
  const shapes = [...document.querySelectorAll(`${drawings} :is(rect, circle, path, line, polygon)`)];
  const drawn = shapes.filter((each) => !each.closest("defs") && !each.matches(".grid, .track, .empty, .bar-1, .bar-2"));
  return [drawn.length, drawn.filter((each) => {
    const style = getComputedStyle(each);
    return !(seen(style.fill) || seen(style.stroke)) && style.visibility === "visible";
  }).slice(0, 5).map((each) => each.outerHTML.slice(0, 150))];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_forced_colours_nothing_vanishes(stage: Stage, scheme: str) -> None:
    with stage.shown(state("results, provisional")) as page:
        page.emulate_media(forced_colors="active", color_scheme=scheme)  # type: ignore[arg-type]
        count, faint = page.evaluate(FAINT_SHAPES)
        assert count > 20
        assert faint == []
    with stage.shown(state("question page, answered")) as page:
        page.emulate_media(forced_colors="active", color_scheme=scheme)  # type: ignore[arg-type]
        style = "(each) => { const s = getComputedStyle(each); return s.outlineStyle + s.borderStyle + s.outlineWidth; }"
        chosen = page.locator(".option:has(input:checked)").first.evaluate(style)
        assert chosen != page.locator(".option:not(:has(input:checked))").first.evaluate(style)
        page.locator("input[type=radio]").first.focus()
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        borders = page.eval_on_selector_all(
            ".button, .button-quiet", "(all) => all.map((e) => getComputedStyle(e).borderStyle)"
        )
        assert set(borders) == {"solid"}


MOVES = """() => [...document.querySelectorAll("*")].flatMap((each) => {
  const style = getComputedStyle(each);
  const longest = (times) => Math.max(...times.split(",").map(parseFloat)) * 1000;
  return [longest(style.transitionDuration), style.animationName === "none" ? 0 : longest(style.animationDuration)];
}).reduce((most, each) => Math.max(most, each), 0)"""


def test_motion_is_short_and_can_be_switched_off(stage: Stage) -> None:
    for name in ("question page, answered", "hub, in progress", "results, provisional"):
        with stage.shown(state(name)) as page:
            page.emulate_media(reduced_motion="no-preference")
            assert page.evaluate(MOVES) <= 150
            page.emulate_media(reduced_motion="reduce")
            assert page.evaluate(MOVES) == 0
            assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def printed(page: Page) -> str:
    """The words of the page on paper."""
    return " ".join(" ".join(words_of(page.pdf(format="A4", prefer_css_page_size=True))).split())


def test_paper_has_what_is_folded_away_and_no_navigation(stage: Stage) -> None:
    with stage.shown(state("question page, answered")) as page:
        folded = page.locator("fieldset.question details:not([open]) p").first.text_content() or ""
        assert len(folded) > 20
        words = printed(page)
        parts = [" ".join(part.split())[:60] for part in folded.split("(glossary, new tab)")]  # that is for ears alone
        assert all(part in words for part in parts)
        assert "Skip to the content" not in words
        assert "Save and continue" not in words
        assert "Downloads" not in words
        assert page.locator("details:not([open])").count() > 0, "what was folded is folded again afterwards"
    with stage.shown(state("gap summary, one standard, provisional")) as page:
        words = printed(page)
        assert "Findings: ISO 9001" in words
        assert "Skip to the content" not in words


def test_on_paper_each_fact_stands_beside_its_own_term(stage: Stage) -> None:
    with stage.shown(state("director")) as page:
        said = in_one_line(page.locator(".facts dd"))
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 680, "height": 960})  # A4 without its margins
        rows = page.locator(".facts dt").evaluate_all(
            "terms => terms.map(dt => dt.getBoundingClientRect().top - dt.nextElementSibling.getBoundingClientRect().top)"
        )
        words = printed(page)
    assert len(said) > 5
    assert max(map(abs, rows)) < 3, "text and term begin on one line"
    assert [text for text in said if text[:30] not in words] == []


HEIGHTS = ("297mm", "243mm", "216mm")


def test_on_paper_the_title_of_a_step_stays_whole_and_with_its_step(stage: Stage) -> None:
    with stage.shown(state("plan, nothing in place")) as page:
        titles = in_one_line(page.locator(".plan-table td > details > summary"))
        printings = [words_of(page.pdf(width="210mm", height=height)) for height in HEIGHTS]
    assert len(titles) > 30
    for printing in printings:
        sheets = [" ".join(words.split()) for words in printing]
        assert [title for title in titles if not any(title in words for words in sheets)] == []
        assert [words[-100:] for words in sheets if words.endswith(tuple(titles))] == []


@pytest.mark.parametrize(("name", "many"), [("compare", 1), ("results, complete", 3)])
def test_on_paper_the_table_of_a_chart_stays_whole(stage: Stage, name: str, many: int) -> None:
    with stage.shown(state(name)) as page:
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        bodies = in_one_line(page.locator(".as-table tbody"))
        printings = [words_of(page.pdf(width="210mm", height=height)) for height in HEIGHTS]
    assert len(bodies) >= many
    for printing in printings:
        sheets = [" ".join(words.split()) for words in printing]
        assert [body for body in bodies if not any(body in words for words in sheets)] == []


def in_one_line(found: Locator) -> list[str]:
    """The words of each element, as they stand in a line."""
    return [" ".join(text.split()) for text in found.all_inner_texts()]


def test_paper_never_shows_a_secret_address(stage: Stage) -> None:
    with stage.shown(state("share, link just made")) as page:
        secret = page.locator("#link-address").input_value()
        assert "/open/" in secret
        words = printed(page).replace(" ", "")
        assert "/open/" not in words
        assert secret.rpartition("/")[2] not in words
        assert stage.cast.ids["new"] not in words
