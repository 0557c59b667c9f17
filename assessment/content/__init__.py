"""Content: a folder of TOML files turned into a checked Library. The only place that knows the file format."""

from assessment.content.library import load
from assessment.content.reading import ContentError, Fault, Translator
from assessment.content.samples import read_sample

__all__ = ["ContentError", "Fault", "Translator", "load", "read_sample"]
