"""Content: a folder of TOML files turned into a checked Library. The only place that knows the file format."""

from assessment.content.library import load
from assessment.content.reading import ContentError, Fault

__all__ = ["ContentError", "Fault", "load"]
