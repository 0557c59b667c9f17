"""The plan in time and what-if."""
