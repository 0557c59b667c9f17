"""Results, advice and findings."""
