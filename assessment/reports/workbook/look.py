"""How a workbook looks, and sheets that write texts only ever as texts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from assessment.reports.columns import Value
from assessment.reports.wording import workbook as wording
from assessment.reports.wording.report import KIND
from assessment.reports.workbook.cells import fitted, one_line, sheet_name, storable
from assessment.reports.workbook.columns import FIRST_DAY
from assessment.reports.workbook.plain_formulas import PlainFormulas

# Colours of the pages: petrol as the one accent, a cool ink, and blue and orange for two series.
ACCENT, ACCENT_SOFT, INK, QUIET, LINE, SURFACE = "#005966", "#E2F5F5", "#0F222B", "#51646A", "#D4DDDE", "#EDF3F4"
SERIES = ("#155AA7", "#C3610D", "#51646A", "#005966")
# Points: a line of text, and the highest row there can be. Letters may be wider where another font has to do.
LINE_HEIGHT, MOST_HEIGHT, WIDER = 13.5, 409, 1.02
WRAPPED_UP_TO = 600
# A header or footer takes so many characters.
MOST_IN_A_HEADER = 90
# Text that a spreadsheet would take for a formula once somebody edits the cell: it keeps its mark as text.
FORMULA_STARTS = ("=", "+", "-", "@")

_BASE: dict[str, Any] = {"font_name": "Calibri", "font_size": 10, "font_color": INK, "valign": "top"}
_TABLE = {"text_wrap": True, "bottom": 1, "bottom_color": LINE}
_TEXT = {**_TABLE, "align": "left", "indent": 1}
_HEAD = {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "left", "indent": 1}
_NUMBER = {**_TABLE, "align": "right", "indent": 1}
_INPUT = {**_TEXT, "bg_color": "#F4FBFB", "left": 1, "left_color": LINE}
LOOKS: dict[str, dict[str, Any]] = {
    "plain": {},
    "wrapped": {"text_wrap": True},
    "title": {"font_size": 18, "bold": True, "font_color": ACCENT, "text_wrap": True, "valign": "vcenter"},
    "title-line": {"font_size": 18, "bold": True, "font_color": ACCENT, "valign": "vcenter"},
    "section": {"font_size": 13, "bold": True, "font_color": ACCENT, "bottom": 2, "bottom_color": ACCENT},
    "lead": {"font_size": 11, "bold": True},
    "quiet": {"font_color": QUIET, "text_wrap": True},
    "remark": {"font_color": QUIET},
    "head": {**_HEAD, "font_color": "#FFFFFF", "bg_color": ACCENT},
    "head-number": {**_HEAD, "font_color": "#FFFFFF", "bg_color": ACCENT, "align": "right"},
    "head-input": {**_HEAD, "font_color": ACCENT, "bg_color": ACCENT_SOFT, "bottom": 2, "bottom_color": ACCENT},
    "head-quiet": {**_HEAD, "font_color": QUIET, "bg_color": SURFACE},
    "text": _TEXT,
    "bold": {**_TEXT, "bold": True},
    "number": {**_NUMBER, "num_format": "#,##0"},
    "days": {**_NUMBER, "num_format": "0.0"},
    "percent": {**_NUMBER, "num_format": '0" %"', "bold": True},
    "open": {**_NUMBER, "num_format": '0" %"'},
    "day": {**_TEXT, "align": "left", "num_format": "yyyy-mm-dd"},
    "input": _INPUT,
    "input-day": {**_INPUT, "align": "left", "num_format": "yyyy-mm-dd"},
    "working": {**_NUMBER, "font_color": QUIET},
    "working-text": {"font_color": QUIET, "bottom": 1, "bottom_color": LINE, "indent": 1},
}


class Book:
    """A workbook being written, with its looks. Everything in it is of one day, so the same summary gives the same bytes."""

    def __init__(self, on: date, organisation: str) -> None:
        self._out = BytesIO()
        self.on = on
        self.organisation = organisation
        self.workbook = Workbook(
            self._out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        )
        self._looks: dict[str, Format] = {}
        self._sheets: list[Sheet] = []

    def look(self, name: str) -> Format:
        """Return a look by its name; ``quoted-`` before it keeps text a text when somebody edits the cell."""
        if name not in self._looks:
            quoted = name.startswith("quoted-")
            spec = {**_BASE, **LOOKS[name.removeprefix("quoted-")], **({"quote_prefix": True} if quoted else {})}
            self._looks[name] = self.workbook.add_format(spec)
        return self._looks[name]

    def sheet(self, name: str, *, colour: str = ACCENT) -> "Sheet":
        """Add a sheet, set up for paper."""
        self._sheets.append(Sheet(self, sheet_name(name), colour))
        return self._sheets[-1]

    def name(self, name: str, refers_to: str) -> None:
        """Give a range a name, so that formulas can be read."""
        self.workbook.define_name(name, f"={refers_to}")

    def properties(self, title: str, comments: str) -> None:
        """Say in the document's properties what it is."""
        created = datetime.combine(self.on, time(), tzinfo=UTC).replace(tzinfo=None)
        told = {"title": title, "subject": str(KIND), "company": self.organisation, "comments": comments}
        self.workbook.set_properties({**{key: one_line(text) for key, text in told.items()}, "created": created})

    def to_bytes(self) -> bytes:
        """Close the workbook and return it. Row heights fit what is written, and grow with what people type."""
        for sheet in self._sheets:
            sheet.fit_rows()
        self.workbook.close()
        return self._out.getvalue()


class Sheet:
    """One sheet. Rows and columns count from 0."""

    def __init__(self, book: Book, name: str, colour: str) -> None:
        self.book = book
        self.name = name
        self._widths: dict[int, float] = {}
        self._lines: dict[int, int] = {}
        self._heights: dict[int, float] = {}
        self.worksheet = book.workbook.add_worksheet(name, PlainFormulas)
        self.worksheet.hide_gridlines(2)
        self.worksheet.set_tab_color(colour)
        self.worksheet.set_landscape()
        self.worksheet.set_paper(9)
        self.worksheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.6)
        self.worksheet.fit_to_pages(1, 0)
        self.worksheet.set_header(
            f"&L&8 {_in_header(book.organisation)}&R&8 {_in_header(wording.sheet_on(name, book.on.isoformat()))}"
        )
        self.worksheet.set_footer(f"&L&8 {_in_header(wording.FOOT)}&R&8 {wording.page_of('&P', '&N')}")

    def widths(self, widths: Sequence[float]) -> None:
        """Set the widths of the first columns, in characters."""
        for column, width in enumerate(widths):
            self.width(column, width)

    def width(self, column: int, width: float, options: Mapping[str, object] | None = None, look: str | None = None) -> None:
        """Set the width of a column in characters; the options fold it away. Cells that are not written have the look."""
        self.worksheet.set_column(column, column, width, self.book.look(look) if look else None, dict(options or {}))
        if not options:
            self._widths[column] = width

    def height(self, row: int, points: float) -> None:
        """Give a row a height of its own."""
        self._heights[row] = points

    def fit_rows(self) -> None:
        """Make each row as high as its longest text needs; a program may only do so when somebody edits the row."""
        for row, lines in self._lines.items():
            self._heights.setdefault(row, LINE_HEIGHT * lines + 3)
        for row, height in self._heights.items():
            self.worksheet.set_row(row, min(height, MOST_HEIGHT))

    def text(self, row: int, column: int, text: str, look: str = "text", *, width: float | None = None) -> None:
        """Write a text as a text, whatever it looks like. One that no cell can hold says how much is missing.

        ``width`` is that of the cell in characters, where it is not that of its column.
        """
        if not text:
            self.worksheet.write_blank(row, column, None, self.book.look(look))
            return
        written = fitted(storable(str(text)))
        room = width or self._widths.get(column)
        if LOOKS[look].get("text_wrap") and room:
            self._lines[row] = max(lines_of(written, room - 1.5), self._lines.get(row, 1))
        quoted = "quoted-" if written.startswith(FORMULA_STARTS) else ""
        self.worksheet.write_string(row, column, written, self.book.look(quoted + look))

    def number(self, row: int, column: int, number: float, look: str = "number") -> None:
        """Write a number."""
        self.worksheet.write_number(row, column, number, self.book.look(look))

    def day(self, row: int, column: int, day: date | None, look: str = "day") -> None:
        """Write a date, or nothing."""
        if day is None:
            self.worksheet.write_blank(row, column, None, self.book.look(look))
        elif day < FIRST_DAY:
            self.worksheet.write_string(row, column, day.isoformat(), self.book.look(look))
        else:
            self.worksheet.write_datetime(row, column, datetime.combine(day, time()), self.book.look(look))

    def formula(self, row: int, column: int, formula: str, value: float | str, look: str = "number") -> None:
        """Write a formula with what it gives now, for readers that do not calculate."""
        self.worksheet.write_formula(row, column, f"={formula}", self.book.look(look), value)

    def wide(self, row: int, columns: tuple[int, int], text: str, look: str = "wrapped", *, line: float = 0) -> None:
        """Write a text over several columns; ``line`` is the height of a line in points where letters are larger."""
        first, last = columns
        text = str(text)
        quoted = "quoted-" if text.startswith(FORMULA_STARTS) else ""
        width = sum(self._widths[column] for column in range(first, last + 1))
        self.worksheet.merge_range(row, first, row, last, "", self.book.look(quoted + look))
        self.text(row, first, text, look, width=width)
        if line:
            self.height(row, line * lines_of(text, width * LINE_HEIGHT / line) + 3)

    def value(self, row: int, column: int, value: Value, look: str = "text") -> None:
        """Write what a column says: a text, several on lines of their own, a number, a day, or nothing."""
        match value:
            case str():
                self.text(row, column, value, look)
            case tuple():
                self.text(row, column, "\n".join(value), look)
            case int() | float():
                self.number(row, column, value, look)
            case _:
                self.day(row, column, value)

    def heads(self, row: int, heads: Sequence[str], look: Callable[[int], str] = lambda _: "head") -> None:
        """Write a row of column heads."""
        for column, head in enumerate(heads):
            self.text(row, column, str(head), look(column))

    def section(self, row: int, title: str, columns: int) -> int:
        """Write a heading over so many columns; return the row below it."""
        for column in range(columns):
            self.text(row, column, title if column == 0 else "", "section")
        self.height(row, 22)
        return row + 1


def lines_of(text: str, characters: float) -> int:
    """About how many lines a text takes at so many characters a line: words of short texts one by one, long ones by length."""
    return sum(_lines(part, max(characters / WIDER, 1)) for part in text.split("\n"))


def _lines(part: str, characters: float) -> int:
    if len(part) > WRAPPED_UP_TO:
        return ceil(1.05 * _breadth(part) / characters)
    lines, filled = 1, 0.0
    for word in part.split(" "):
        width = _breadth(word)
        if filled and filled + 1 + width > characters:
            lines, filled = lines + 1, 0.0
        lines += int(width // (characters + 0.01))
        filled += width % characters + (1 if filled else 0)
    return lines


def _breadth(text: str) -> int:
    """Return the characters of a line, those of East Asian scripts and pictures counted twice."""
    return len(text) if text.isascii() else len(text) + sum(letter >= "\u2e80" for letter in text)


def _in_header(text: str) -> str:
    """Return a text for a header, where ``&`` begins a command."""
    plain = one_line(text)
    short = plain if len(plain) <= MOST_IN_A_HEADER else f"{plain[: MOST_IN_A_HEADER - 1]}…"
    # A header of more than 255 characters is refused; a name of nothing but ampersands would double.
    return (short if short.count("&") < 40 else short.replace("&", "+")).replace("&", "&&")
