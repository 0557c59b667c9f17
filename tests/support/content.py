"""The shipped content, read once for all tests of a process: nothing changes it."""

from assessment.content import load
from assessment.paths import shipped

CONTENT = shipped("questionnaires")
LIBRARY = load(CONTENT)
