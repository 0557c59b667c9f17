"""Pages read as browsers read them, and everything that a browser would have to forgive.

A browser mends what it reads: it moves what stands in the wrong place, closes what was left open, and drops an end without a
beginning. The page is read by the browsers' algorithm; what came out must be what was written, tag by tag. ``test_html``
holds this to a strict parser of another make.
"""

import re
from itertools import zip_longest
from xml.etree.ElementTree import Element, SubElement

import turbohtml

HTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_PIECES = re.compile(r"<!--.*?-->|<![^>]*>|<(/?)([a-zA-Z][^\s/>]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>|([^<]+)", re.DOTALL)
_TEXT = "words"
# Control characters come back as they were typed, beside the words that say so; they are the one error that is theirs.
_OF_PEOPLE = frozenset({"control-character-in-input-stream", "noncharacter-in-input-stream", "unexpected-null-character"})


def read(html: str) -> tuple[Element, list[str]]:
    """Return the tree of a page, and what a browser would have to forgive: nothing, if all is well."""
    document = turbohtml.parse(html, positions=False)
    faults = [error.code for error in document.errors if error.code not in _OF_PEOPLE]
    if not re.match(r"\s*<!doctype html>", html, re.IGNORECASE):
        faults.append("no doctype")
    top = document.root
    assert top is not None
    root = Element(HTML + "html", _attributes(top))
    wrote, seen = _written(html), list[str]()
    _copy(top, root, seen)
    if wrote != seen:
        number = next(at for at, (one, other) in enumerate(zip_longest(wrote, seen)) if one != other)
        line = [" ".join(each[max(0, number - 5) : number + 3]) for each in (wrote, seen)]
        faults.append(f"{line[0]} is read as {line[1]}")
    return root, faults


def _written(html: str) -> list[str]:
    """Return every tag and every text of the source, in order."""
    events = [""]
    for end, name, rest, words in _PIECES.findall(html):
        if name:
            tag = name.lower()
            events.append("/" + tag if end else tag)
            if not end and (tag in _VOID or rest.endswith("/")):
                events.append("/" + tag)
        elif words and events[-1] != _TEXT and not words.isspace():
            events.append(_TEXT)
    return events[1:]


def _copy(source: turbohtml.Element, target: Element, events: list[str]) -> None:
    """Copy an element into the standard library's tree, and note what is in it as it would be written."""
    tag = source.tag.lower()
    events.append(tag)
    last: Element | None = None
    for child in source.children:
        if isinstance(child, turbohtml.Element):
            name = (SVG if child.namespace is turbohtml.Namespace.SVG else HTML) + child.tag
            last = SubElement(target, name, _attributes(child))
            _copy(child, last, events)
        elif isinstance(child, turbohtml.Text):
            words = child.data
            if last is None:
                target.text = (target.text or "") + words
            else:
                last.tail = (last.tail or "") + words
            if events[-1] != _TEXT and not words.isspace():
                events.append(_TEXT)
    events.append("/" + tag)


def _attributes(element: turbohtml.Element) -> dict[str, str]:
    """Return the attributes of an element as they are written; the parser divides classes."""
    return {name: value if type(value) is str else " ".join(value or ()) for name, value in element.attrs.items()}
