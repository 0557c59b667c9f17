"""The workbook: its sheets, and reading it back when a team has filled it in."""
