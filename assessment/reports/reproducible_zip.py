"""ZIP files that carry the day they are about instead of the moment they were written, so that equal content is equal bytes."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date


def to_zip(files: Mapping[str, bytes], day: date) -> bytes:
    """Pack the files by name, in their order. The format knows the years 1980 to 2107; the nearest of them is taken."""
    out = io.BytesIO()
    when = (min(max(day.year, 1980), 2107), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date_time=when)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def dated(content: bytes, day: date) -> bytes:
    """Return a ZIP file with every entry of this day."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return to_zip({name: archive.read(name) for name in archive.namelist()}, day)
