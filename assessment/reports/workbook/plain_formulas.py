"""A worksheet that takes formulas as they are written.

XlsxWriter looks in each formula for the names of thirty newer functions, to give them a prefix that Excel wants. Ours hold
none, and the search takes a fifth of a workbook's time: `python -m tests.tools.paper XLSX`.
"""

from xlsxwriter.worksheet import Worksheet


class PlainFormulas(Worksheet):  # type: ignore[misc]  # the library has no types
    """A worksheet whose formulas use no function that Excel got after 2010."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """Return a formula without the sign that begins it."""
        return formula.removeprefix("=")
