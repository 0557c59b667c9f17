"""The gap summary as a PDF: its outline as plain values (data), how it is set (Typst files), and the process for it."""
