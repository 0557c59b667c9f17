"""A worksheet whose rows grow with what people type, and that takes formulas as they are written.

XlsxWriter looks in each formula for the names of thirty newer functions, to give them a prefix that Excel wants. Ours hold
none, and the search takes a fifth of a workbook's time: `python -m tests.tools.paper XLSX`. To take the mark of a fixed height
out of the finished file, which packs every sheet twice, took a sixth of what is left.
"""

from collections.abc import Iterable
from typing import Any

from xlsxwriter.worksheet import Worksheet

Attributes = Iterable[tuple[str, Any]]
_FIXED_HEIGHT = "customHeight"


class GrowingRows(Worksheet):  # type: ignore[misc]  # the library has no types
    """A worksheet whose rows say how high they are, but not that they stay so."""

    def _xml_start_tag_unencoded(self, tag: str, attributes: Attributes = ()) -> None:
        """Begin an element, such as a row."""
        super()._xml_start_tag_unencoded(tag, [each for each in attributes if each[0] != _FIXED_HEIGHT])

    def _xml_empty_tag_unencoded(self, tag: str, attributes: Attributes = ()) -> None:
        """Write an element that holds nothing, such as a row without cells."""
        super()._xml_empty_tag_unencoded(tag, [each for each in attributes if each[0] != _FIXED_HEIGHT])


class PlainFormulas(GrowingRows):
    """Such a worksheet whose formulas use no function that Excel got after 2010."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """Return a formula without the sign that begins it."""
        return formula.removeprefix("=")
