"""Where Back leads in place of a page that answered a form."""

from flask import current_app, g, request, url_for
from werkzeug.exceptions import HTTPException


def address_to_return_to() -> str:
    """Return an address to open instead of sending the form again: this one, or the overview where this takes forms only."""
    adapter = current_app.create_url_adapter(request)
    try:
        if adapter:
            adapter.match(method="GET")
            return request.script_root + request.full_path.rstrip("?")
    except HTTPException:
        pass
    opened = getattr(g, "opened", None)
    return url_for("hub.show", assessment_id=opened.id) if opened else url_for("start.home")
