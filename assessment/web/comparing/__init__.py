"""One standard against another."""
