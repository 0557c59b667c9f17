"""Paths of this site: the one below which it lies on its host, and which of those that somebody sent are ours at all."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


def is_ours(address: str) -> bool:
    """Tell whether an address that somebody sent is a path of this site, so that people may be led to it.

    Browsers drop tabs and line breaks and take a backslash for a slash, so ``/<tab>/elsewhere`` would lead to another site as
    ``//elsewhere`` does.
    """
    return address.startswith("/") and not address.startswith("//") and "\\" not in address and address.isprintable()


class BelowPath:
    """The application below a path such as ``/iso``, whether the proxy leaves that path in the address or takes it off.

    Both are usual: ``proxy_pass`` of nginx does the one without and the other with a slash at its end.
    """

    def __init__(self, application: "WSGIApplication", prefix: str) -> None:
        self._application = application
        self._prefix = prefix

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        path = environ.get("PATH_INFO", "")
        if path == self._prefix or path.startswith(f"{self._prefix}/"):
            environ["PATH_INFO"] = path.removeprefix(self._prefix) or "/"
        environ["SCRIPT_NAME"] = self._prefix
        return self._application(environ, start_response)
