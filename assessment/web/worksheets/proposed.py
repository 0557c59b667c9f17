"""What a worksheet proposes to questions. No answer is changed but by a press, and none is lowered."""

from dataclasses import dataclass, replace

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.domain.answers import Answer, Evidence, State, evidence_room
from assessment.domain.rights import Right
from assessment.domain.worksheet_feeds import WorksheetProposal, old_registers, proposals
from assessment.reports.wording.worksheet_lines import line_in_full
from assessment.storage.answers import load_sheet
from assessment.web.questions.take_over import SEEN, TakeOverForm, take_over
from assessment.web.shell.context import AssessmentContext, library
from assessment.web.shell.done import lead_on
from assessment.web.shell.forms import FormError, status_of
from assessment.web.shell.rights import with_assessment
from assessment.web.wording import worksheets as wording
from assessment.web.wording.done import Done
from assessment.web.worksheets.gather import OpenedWorksheet, open_worksheet

blueprint = Blueprint("proposed", __name__)


@dataclass(frozen=True, kw_only=True)
class ProposalView:
    """A proposal as a page shows it: the clause, the question, what is answered, and the lines that support it."""

    proposal: WorksheetProposal
    clauses: str
    rung: str
    lines: tuple[tuple[str, str], ...]
    more: int
    version: int


def proposals_of(at: OpenedWorksheet) -> tuple[WorksheetProposal, ...]:
    """Return what a worksheet proposes to the questions of the standards that are chosen."""
    return proposals(at.complete, at.opened.questionnaires, at.opened.judged())


@blueprint.route("/a/<assessment_id>/worksheets/<worksheet_id>/proposals", methods=["GET", "POST"])
@with_assessment(may=Right.READ, post=Right.CONFIRM)
def show(opened: AssessmentContext, worksheet_id: str) -> ResponseReturnValue:
    """Show what the lines carry, question by question; take over what is pressed, with the worksheet as evidence."""
    at = open_worksheet(opened, worksheet_id)
    if request.method == "GET":
        return _page(at, [])
    form = TakeOverForm()
    if not form.validate():
        return _page(at, form.errors_to_show()), status_of(form)
    sheet, _ = load_sheet(opened.id)
    answers = {each.question.ref: _with(sheet.answer(each.question), each, at) for each in proposals_of(at)}
    if changed := take_over(opened, answers, href="#main"):
        return _page(at, changed), 409
    return lead_on(url_for("proposed.show", assessment_id=opened.id, worksheet_id=worksheet_id), Done.TAKEN_OVER)


def _with(answer: Answer, proposal: WorksheetProposal, at: OpenedWorksheet) -> Answer:
    """Return an answer with the rung that is proposed, and the worksheet as evidence where there is room for it."""
    shown_on = proposal.shown_on or at.today
    piece = Evidence(title=at.worksheet.title, where=wording.shown_by([line.id for line in proposal.lines]), dated=shown_on)
    others = tuple(each for each in answer.evidence if each.title != piece.title)
    evidence = (*others, piece) if len(others) < evidence_room(answer) else others
    last_done = proposal.last_done or answer.last_done
    return replace(answer, state=State.RUNG, rung=proposal.rung, evidence=evidence, last_done=last_done, carried_from="")


def _page(at: OpenedWorksheet, errors: list[FormError]) -> str:
    _, versions = load_sheet(at.opened.id)
    by_standard = {questionnaire.standard.id: questionnaire for questionnaire in at.opened.questionnaires}
    shown = []
    for proposal in proposals_of(at):
        questionnaire = by_standard[proposal.question.standard]
        shown.append(
            ProposalView(
                proposal=proposal,
                clauses=f"{questionnaire.standard.name} {', '.join(questionnaire.clauses(proposal.question))}",
                rung=questionnaire.rules.title(proposal.rung),
                lines=tuple((line_in_full(at.filled, line), at.line_address(line.id)) for line in proposal.lines),
                more=proposal.count - len(proposal.lines),
                version=versions.get(proposal.question.ref, 0),
            )
        )
    return render_template(
        "worksheets/proposals.html",
        opened=at.opened,
        at=at,
        proposals=shown,
        old=[register.title for register in old_registers(at.complete)],
        seen=SEEN,
        form=TakeOverForm(formdata=None),
        errors=errors,
        rules=library().rules,
        sheet=at.opened.judged(),
    )
