"""Worksheets: parts, lines, candidates, what is missing, and what a worksheet proposes."""
