"""The gap summary as a Word document: a template with real styles, and the child process that fills it in."""
