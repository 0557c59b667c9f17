"""What it costs: sums first, then line by line. Only where somebody asked for it; the page shows the same blocks."""

from collections.abc import Iterator

from assessment.domain.cost import Cost
from assessment.reports.outline.blocks import Block, Section, cell, heading, paragraph, strong, table
from assessment.reports.wording import cost as wording


def costs(of: Cost) -> Section:
    """Return the section on costs."""
    return Section(key="costs", title=str(wording.TITLE), blocks=tuple(cost_blocks(of)))


def cost_blocks(of: Cost) -> Iterator[Block]:
    """Yield what the costs are, as far as they are known."""
    sums = (
        (wording.FIRST_AUDIT, of.first_audit),
        (wording.OUTSIDE, of.outside),
        (wording.INSIDE, of.own),
        (wording.ALL_OF_IT, of.three_years),
    )
    yield paragraph(wording.ABOUT)
    yield heading(wording.SUMS)
    yield table(
        wording.SUMS,
        wording.SUMS_HEAD,
        ((cell(name), cell(strong(wording.total(total, of.currency)))) for name, total in sums),
        shares=(35, 65),
    )
    yield heading(wording.LINES)
    yield table(
        wording.LINES,
        wording.LINES_HEAD,
        (
            (
                cell(wording.ITEMS[line.item]),
                cell(wording.line_days(line)),
                cell(wording.line_amount(line, of.currency)),
            )
            for line in of.lines
        ),
        shares=(40, 20, 40),
    )
    yield paragraph(wording.DAYS_FROM)
    yield paragraph(wording.NOT_COUNTED)
