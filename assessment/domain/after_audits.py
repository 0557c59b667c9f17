"""What is decided about an assessment, after the real audits that its worksheets hold."""

from collections.abc import Iterable
from dataclasses import replace

from assessment.domain.audit_findings import open_majors
from assessment.domain.audits_been import audits_been
from assessment.domain.result import Result
from assessment.domain.worksheet_lines import Filled


def after_audits(result: Result, worksheets: Iterable[Filled]) -> Result:
    """Return a result as real audits leave it; the same value where they say nothing that it does not know.

    Audits that took place are not planned again, and a major that is open stands in the verdict.
    """
    sheets = [filled for filled in worksheets if filled.worksheet.audits]
    ended = {standard: held.valid_until for standard, held in result.profile.certificates().items() if held.valid_until}
    been = audits_been(sheets, result.to_certify, result.on, ended)
    majors = {found.standard: found for found in open_majors(sheets, result.chosen)}
    over = {standard for standard, took_place in been.items() if took_place.stage_2_stands(result.on)}
    standards = tuple(
        replace(
            each,
            been=been.get(standard),
            stage_2_stands=standard in over,
            open_majors=majors.get(standard),
            early_deeds=() if standard in over else each.early_deeds,  # its auditor asked, or did not
        )
        for standard, each in zip(result.chosen, result.standards, strict=True)
    )
    return result if standards == result.standards else replace(result, standards=standards)
