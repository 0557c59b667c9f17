"""What every answer of the server carries, whatever page, file or error it is."""

import re

from flask import Flask, Response, abort, current_app, request
from werkzeug.exceptions import BadHost, BadRequest

from assessment.web.shell.context import public_origin
from assessment.web.shell.static_files import is_of_now

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
    )
)
# Every feature that Chromium 156 knows: no browser takes one word for all of them, and no page of ours uses any. Left out are
# client hints, what a browser says of itself in headers: they are no powers of a page, and this stands in every answer.
FEATURES = (
    "accelerometer aria-notify autoplay browsing-topics camera captured-surface-control clipboard-read "
    "clipboard-write compute-pressure cross-origin-isolated deferred-fetch deferred-fetch-minimal "
    "digital-credentials-create digital-credentials-get display-capture encrypted-media fullscreen gamepad "
    "geolocation gyroscope hid identity-credentials-get idle-detection interest-cohort keyboard-map language-detector "
    "language-model local-fonts local-network local-network-access loopback-network magnetometer "
    "media-playback-while-not-visible microphone midi on-device-speech-recognition otp-credentials payment "
    "picture-in-picture private-state-token-issuance private-state-token-redemption publickey-credentials-create "
    "publickey-credentials-get screen-wake-lock serial speaker-selection storage-access summarizer sync-xhr "
    "translator unload usb window-management xr-spatial-tracking"
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in FEATURES.split())
ALWAYS = [
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", PERMISSIONS_POLICY),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
]
A_YEAR = 365 * 24 * 60 * 60
# Pages that hold nothing of anybody.
HEALTH = frozenset({"start.healthz", "start.readyz", "metrics.show"})
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def guard(app: Flask, *, https: bool) -> None:
    """Add the security headers to every answer, and turn away forms sent from other sites."""
    always = [*ALWAYS, ("Strict-Transport-Security", f"max-age={A_YEAR}; includeSubDomains")] if https else ALWAYS

    @app.before_request
    def refuse() -> None:
        if names_no_host():
            raise BadHost
        if not _is_addressed_to_us():
            raise OtherHostError
        if "\x00" in request.path:  # no database of ours keeps one, and PostgreSQL fails where it is asked for one
            abort(404)
        if request.method in UNSAFE and _from_another_site():
            abort(403)

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.update(always)
        response.headers["Cache-Control"] = _how_long_to_keep(response)
        return response

    @app.after_request
    def lead_within_this_site(response: Response) -> Response:
        # Flask leads to the address with a slash at its end by a whole one, made of what the request says about its host.
        if response.location and not names_no_host() and response.location.startswith(request.host_url):
            response.location = response.location.removeprefix(request.host_url.rstrip("/"))
        return response


def _how_long_to_keep(response: Response) -> str:
    """Return the ``Cache-Control`` of an answer: only a static file that is what its address says may be kept."""
    if request.endpoint != "static" or response.status_code not in (200, 206, 304):
        # Almost every page shows somebody's assessment or a form token; none is worth keeping on a shared computer.
        return "no-store"
    version = request.args.get("v")
    if version is None:
        return "no-cache"
    # While one release takes over from another, either may be asked for a file of the other.
    of_now = is_of_now((request.view_args or {}).get("filename", ""), version)
    return f"public, max-age={A_YEAR}, immutable" if of_now else "no-store"


def _from_another_site() -> bool:
    """Tell whether the browser says that another site sent this request. Browsers send at least one of the two headers.

    Over plain http on any name but localhost they send no ``Sec-Fetch-Site``, and "null" for the origin of a page whose
    referrer policy is as strict as ours. What guards a form there is its token, and the cookie that other sites cannot send.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        return fetch_site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    public = public_origin()
    if origin == "null":
        return request.is_secure or public.startswith("https://")
    # Compared as it came: what is no origin is nobody's, and reading it could fail.
    return origin is not None and origin != public and origin.partition("://")[2] != request.host


def names_no_host() -> bool:
    """Tell whether a request is for a name that no host can have, such as ``a..b``: no address of ours can be made of it."""
    if isinstance(request.routing_exception, BadHost):
        return True
    try:
        return not request.host_url
    except UnicodeError:  # it begins like a name in other letters, and is none
        return True


class OtherHostError(BadRequest):
    """The request is addressed to a name that is none of ours: mistyped, or somebody would lead people elsewhere by it."""


def _is_addressed_to_us() -> bool:
    """Tell whether a request names one of our hosts. What watches a server asks for its health by any address it has."""
    answers_to: frozenset[str] = current_app.config["ANSWERS_TO"]
    return not answers_to or request.endpoint in HEALTH or re.sub(":[0-9]+$", "", request.host).lower() in answers_to
