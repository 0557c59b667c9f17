"""The words on the sheets of a PDF, by PDFium: the reader in most browsers."""

import pypdfium2


def words_of(pdf: bytes) -> list[str]:
    """Return the text of each page, line by line as they lie."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
