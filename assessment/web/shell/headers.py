"""What every answer of the server carries, whatever page, file or error it is."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request

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
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "payment", "usb")
)
ALWAYS = [
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", PERMISSIONS_POLICY),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
]
A_YEAR = 365 * 24 * 60 * 60
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def guard(app: Flask, *, https: bool) -> None:
    """Add the security headers to every answer, and turn away forms sent from other sites."""
    always = [*ALWAYS, ("Strict-Transport-Security", f"max-age={A_YEAR}; includeSubDomains")] if https else ALWAYS

    @app.before_request
    def refuse() -> None:
        if "\x00" in request.path:  # no database of ours keeps one, and PostgreSQL fails where it is asked for one
            abort(404)
        if request.method in UNSAFE and _from_another_site():
            abort(403)

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.update(always)
        if request.endpoint == "static" and "v" in request.args:
            response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
        elif request.endpoint != "static":
            # Almost every page shows somebody's assessment or a form token; none is worth keeping on a shared computer.
            response.headers["Cache-Control"] = "no-store"
        return response

    @app.after_request
    def lead_within_this_site(response: Response) -> Response:
        # Flask leads to the address with a slash at its end by a whole one, made of what the request says about its host.
        if response.location and response.location.startswith(request.host_url):
            response.location = response.location.removeprefix(request.host_url.rstrip("/"))
        return response


def _from_another_site() -> bool:
    """Tell whether the browser says that another site sent this request. Browsers send at least one of the two headers.

    Over plain http on any name but localhost they send no ``Sec-Fetch-Site``, and "null" for the origin of a page whose
    referrer policy is as strict as ours. What guards a form there is its token, and the cookie that other sites cannot send.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        return fetch_site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    public_url = current_app.config["PUBLIC_URL"]
    if origin == "null":
        return request.is_secure or public_url.startswith("https://")
    return origin is not None and origin != public_url and urlsplit(origin).netloc != request.host
