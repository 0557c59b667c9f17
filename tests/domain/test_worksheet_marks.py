"""What content marks in a worksheet for other rooms."""

from assessment.domain.worksheet import Worksheet
from tests.support.worksheets import PROCESS_MAP, REAL, REVIEW


def marked_fields(worksheet: Worksheet) -> list[tuple[str, str]]:
    """Every field that a list of actions names, with its register."""
    return [
        (each.register, name)
        for each in worksheet.actions
        for name in (each.owner, each.due, each.done, each.because, each.title, each.or_field, each.effect, each.before_by)
        if name
    ]


def test_every_field_that_is_marked_is_one_of_its_register() -> None:
    for worksheet in (REVIEW, PROCESS_MAP, REAL):
        assert marked_fields(worksheet)
        for register, name in marked_fields(worksheet):
            assert name in worksheet.registers[register].by_id, (worksheet.id, register, name)


def test_only_one_worksheet_holds_what_auditors_found_and_it_is_for_every_standard() -> None:
    assert (REVIEW.audits, PROCESS_MAP.audits) == (None, None)
    assert REAL.audits is not None
    assert REAL.standards == ("iso-9001", "iso-14001")
    assert (REAL.audits.months_to_close, REAL.audits.few) == (6, 10)
