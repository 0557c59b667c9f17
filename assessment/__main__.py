"""``python -m assessment`` is the command line."""

from assessment.commands import main

main()
