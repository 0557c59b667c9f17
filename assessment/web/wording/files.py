"""What pages of files say: why one is not taken, what comes of it, and what to do."""

from collections.abc import Mapping

from assessment.domain.limits import LOGO_HEIGHT, LOGO_WIDTH
from assessment.reports.wording import uploads
from assessment.reports.workbook.unread import Unread
from assessment.translation import gettext, lazy_gettext, ngettext

LETTERHEAD_PARTS: Mapping[str, str] = {
    "name": lazy_gettext("Name"),
    "address": lazy_gettext("Address"),
    "logo": lazy_gettext("Logo"),
}
LETTERHEAD_NAME_HINT = lazy_gettext("Your organisation, or the consultant who hands the documents over.")
RECEIPT = lazy_gettext("The receipt")
RECEIPT_HINT = lazy_gettext("A JSON file from a page of downloads, or receipt.json from a ZIP file.")
EXPORT = lazy_gettext("The export")
EXPORT_HINT = lazy_gettext("A JSON file from “Everything, to move or keep” on a page of downloads.")
EXPORT_SHOWN = lazy_gettext("The export that was shown")
WORKBOOK = lazy_gettext("The workbook")
WORKBOOK_HINT = lazy_gettext("The .xlsx file that was downloaded here and filled in, up to 4 MB.")
WORKBOOK_SHOWN = lazy_gettext("The workbook that was shown")

EVERYTHING = lazy_gettext("Everything, to move or keep")
SUMMARY_PAGE = lazy_gettext("The gap summary as a page to print")


def address_hint(lines: int) -> str:
    """Return what an address may hold, with the most lines it has room for."""
    return ngettext(
        "Up to %(num)s line, as on an envelope; telephone, mail and web address if you like.",
        "Up to %(num)s lines, as on an envelope; telephone, mail and web address if you like.",
        lines,
    )


def logo_hint() -> str:
    """Return which pictures a logo can be made of."""
    return gettext(
        "A PNG or JPEG picture of at most 1 MB. It is redrawn at up to %(width)s × %(height)s pixels; "
        "nothing else in the file is kept, such as place and camera.",
        width=LOGO_WIDTH,
        height=LOGO_HEIGHT,
    )


def too_many_lines(lines: int, most: int) -> str:
    """Return why an address is not taken."""
    return gettext("Address has %(lines)s lines; there is room for %(most)s.", lines=lines, most=most)


def picture_has_to_wait() -> str:
    """Return why a picture was not taken just now."""
    return gettext("Other files are being read right now. Nothing was saved. Wait a few seconds and choose the picture again.")


def choose_a_file() -> str:
    """Return what a form for a file is missing."""
    return gettext("Choose the file first.")


def cannot_be_checked(reason: str) -> str:
    """Return why a receipt is not recomputed."""
    return gettext("This file cannot be checked: %(reason)s.", reason=reason)


def nothing_imported(reason: str) -> str:
    """Return why an export is not taken in."""
    return gettext("Nothing was imported. %(reason)s", reason=reason)


def too_many_values(values: int) -> str:
    """Return why an export is not read at all."""
    return gettext("This file holds %(values)s values, more than any export of its size has.", values=f"{values:,}")


def not_installed(standard_id: str) -> str:
    """Return what stands for a standard that this installation does not have."""
    return gettext("%(standard)s (not installed here; its answers are kept)", standard=standard_id)


def documents_in_the_making(at_once: int, seconds: int) -> str:
    """Return when a program asks again for a document."""
    return gettext(
        "%(count)s documents are being made already; ask again in %(seconds)s seconds.", count=at_once, seconds=seconds
    )


def page_to_print() -> str:
    """Return what the gap summary as a page is called."""
    return gettext("Page to read and print")


def document_failed(name: str) -> str:
    """Return what a program is told about a document that could not be made."""
    return gettext("The %(document)s could not be made.", document=name)


def workbook_has_to_wait() -> str:
    """Return why a workbook was not read just now."""
    return gettext("Other files are being read right now. Nothing was saved. Wait a few seconds and send it again.")


def receipt_has_to_wait() -> str:
    """Return why a receipt was not checked just now."""
    return gettext("Other files are being read right now. Wait a few seconds and send it again.")


def changed_while_looking() -> str:
    """Return why some answers of a workbook are shown again."""
    return gettext("These answers changed while you were looking. All others were saved.")


def file_missing() -> str:
    """Return why nothing can be taken over."""
    return gettext("The file did not come along with the page. Choose it again.")


def workbook_too_large(megabytes: int) -> str:
    """Return why a workbook is not read."""
    return gettext("This file has more than %(size)s MB. Nothing was saved.", size=megabytes)


def nothing_saved(reason: str) -> str:
    """Return why a workbook is not taken."""
    return gettext("Nothing was saved. %(reason)s", reason=reason)


def not_read(unread: Unread) -> str:
    """Return what a workbook holds that was not read, and what to do with formulas; empty where there is nothing."""
    parts = [uploads.comments_not_read(len(unread.comments))] if unread.comments else []
    parts += [uploads.columns_not_read(unread.columns)] if unread.columns else []
    parts += [uploads.sheets_not_read(unread.sheets)] if unread.sheets else []
    parts += [uploads.formulas_not_read(unread.formulas)] if unread.formulas else []
    if not parts:
        return ""
    if unread.formulas:
        return gettext(
            "Not read: %(parts)s. Open the file in a spreadsheet program and save it there, so that its formulas have results.",
            parts=", ".join(parts),
        )
    return gettext("Not read: %(parts)s.", parts=", ".join(parts))


def too_much_together(asks: str, evidence: int, characters: int) -> str:
    """Return why two versions of an answer are not joined as they are."""
    return gettext(
        "Both together are more than an answer has room for, %(evidence)s pieces of evidence and %(characters)s characters of "
        "note. Take one of them, and add from the other on the question’s page: %(question)s",
        evidence=evidence,
        characters=f"{characters:,}",
        question=asks,
    )


def changed_again(asks: str) -> str:
    """Return what to do about an answer that changed after it was looked at."""
    return gettext("This answer was changed again meanwhile; look at it and choose: %(question)s", question=asks)


def choose_what_to_keep(called: str) -> str:
    """Return what to do about an answer or a line that changed here and in the file."""
    return gettext("Choose what to keep: %(name)s", name=called)


def export_too_large(megabytes: int) -> str:
    """Return why an export is not read here, and how it comes in all the same."""
    return gettext(
        "Nothing was imported. This page takes exports of up to %(megabytes)s MB. Whoever runs this installation can import a "
        "larger one with the command “iso-readiness import”.",
        megabytes=megabytes,
    )
