"""Who may open an assessment."""
