"""What a form sent, read within bounds: so many fields however they are written, and nothing that is not UTF-8."""

import re
from typing import IO, Any
from urllib.parse import parse_qsl

from flask import Request
from werkzeug.datastructures import Headers, ImmutableMultiDict, MultiDict
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.formparser import FormDataParser, MultiPartParser

# How Python keeps a byte that is not UTF-8 in a text. Half characters, in UTF-8, are three such bytes.
_UNREADABLE = re.compile(r"[\udc80-\udcff]+")
# What stands in a text for what could not be read.
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_Parsed = tuple[IO[bytes], "MultiDict[str, str]", "MultiDict[str, Any]"]


class UnreadableTextError(BadRequest):
    """The form holds bytes that are not UTF-8. From now on ``request.form`` has what could be read, to be shown again."""


class _Parts(MultiPartParser):
    """Parts of a form, with their bytes kept as they are until `FormParser` reads them."""

    def get_part_charset(self, headers: Headers) -> str:
        return "latin-1"


class FormParser(FormDataParser):
    """Reads forms of both kinds with the same bound on fields: Werkzeug counts those of one kind only.

    Raises ``RequestEntityTooLarge`` before it makes anything of too many.
    """

    def _parse_urlencoded(self, stream: IO[bytes], mimetype: str, content_length: int | None, options: Any) -> _Parsed:
        sent = stream.read()
        if self.max_form_parts is not None and sent.count(b"&") >= self.max_form_parts:
            raise RequestEntityTooLarge
        text = sent.decode(errors="surrogateescape")
        items = parse_qsl(text, keep_blank_values=True, errors="surrogateescape")
        return stream, self.cls(items), self.cls()

    def _parse_multipart(self, stream: IO[bytes], mimetype: str, content_length: int | None, options: Any) -> _Parsed:
        boundary = options.get("boundary", "").encode("ascii")
        if not boundary:
            raise ValueError("a form of several parts without what is between them")
        opened: list[IO[bytes]] = []

        def open_file(**about: Any) -> IO[bytes]:
            file: IO[bytes] = self.stream_factory(**about)
            opened.append(file)
            return file

        parts = _Parts(
            stream_factory=open_file,  # type: ignore[arg-type]  # Werkzeug calls it with all names
            max_form_memory_size=self.max_form_memory_size,
            max_form_parts=self.max_form_parts,
            cls=self.cls,
        )
        try:
            form, files = parts.parse(stream, boundary, content_length)
        except Exception:  # of half a form nobody else knows the files
            for file in opened:
                file.close()
            raise
        items = [(name, value.encode("latin-1").decode(errors="surrogateescape")) for name, value in form.items(multi=True)]
        return stream, self.cls(items), files


class FormRequest(Request):
    """A request whose form is read within bounds. Reading it raises ``UnreadableTextError`` for bytes that are not UTF-8."""

    form_data_parser_class = FormParser

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        super()._load_form_data()
        sent = list(self.form.items(multi=True))
        typed = "".join(text for item in sent for text in item)
        if not typed.isascii() and _UNREADABLE.search(typed):
            self.__dict__["form"] = ImmutableMultiDict([(_readable(name), _readable(value)) for name, value in sent])
            raise UnreadableTextError


def _readable(text: str) -> str:
    return _UNREADABLE.sub(REPLACEMENT, text)
