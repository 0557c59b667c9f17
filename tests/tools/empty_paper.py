"""The floor of documents: a page with one word, set in the same kind of process with the same fonts."""

import sys

import typst

from assessment.reports.pdf.typesetting import fonts

if __name__ == "__main__":
    page = b'#set document(title: "Empty")\n#set text(lang: "en", font: "Source Sans 3")\nEmpty'
    sys.stdout.buffer.write(typst.compile(page, font_paths=fonts(), pdf_standards="ua-1"))
