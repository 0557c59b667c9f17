"""The gap summary as a PDF: what stands in it (material), how it is set (the Typst files), and the process that sets it."""
