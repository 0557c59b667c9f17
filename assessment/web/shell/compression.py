"""Smaller answers: text goes out compressed with gzip where the browser takes it."""

import gzip
import io
import secrets
from typing import IO

from flask import Flask, Response, request

# Below this, in bytes, compressing gains less than its own head costs.
WORTH_IT = 1_000
# Four levels up nothing gets noticeably smaller, and it costs twice the time.
LEVEL = 4
TEXTS = ("text/", "application/json", "image/svg+xml", "application/javascript")
MOST_PADDING = 64
# A file that is handed out from where it lies is never read whole, beyond so many bytes: whoever makes such a one compresses it
# while it is written.
MOST_BYTES_READ = 2 * 1024 * 1024


def compress_answers(app: Flask) -> None:
    """Compress every text that is worth it.

    Compression can tell an eavesdropper, by its length, whether a page holds what the eavesdropper put into its address
    (known as BREACH). What protects here is that no page shows text from its address beside a secret, and that other sites'
    requests carry no cookie. A random number of bytes in the head of each answer only makes guessing slower, as in Django.
    """

    @app.after_request
    def compress(response: Response) -> Response:
        if not (response.mimetype or "").startswith(TEXTS):
            return response
        as_it_is = (
            response.status_code in (204, 206, 304)
            or request.method == "HEAD"
            or "Content-Encoding" in response.headers
            or (response.is_streamed and (response.content_length or 0) > MOST_BYTES_READ)
        )
        data = b"" if as_it_is else _whole(response)
        if not as_it_is and len(data) < WORTH_IT:
            return response
        response.vary.add("Accept-Encoding")
        if not as_it_is and takes_gzip():
            response.set_data(_compressed(data))
            response.headers["Content-Encoding"] = "gzip"
            if (tag := response.get_etag()[0]) is not None:
                response.set_etag(tag, weak=True)
        return response


def _whole(response: Response) -> bytes:
    response.direct_passthrough = False
    return response.get_data()


def takes_gzip() -> bool:
    """Tell whether the browser takes what is compressed with gzip."""
    return request.accept_encodings.quality("gzip") > 0


def compressing(out: IO[bytes]) -> gzip.GzipFile:
    """Return a file that writes what it is given compressed into another one, with a head of random length."""
    return gzip.GzipFile("x" * secrets.randbelow(MOST_PADDING), "wb", LEVEL, out, mtime=0)


def _compressed(data: bytes) -> bytes:
    out = io.BytesIO()
    with compressing(out) as file:
        file.write(data)
    return out.getvalue()
