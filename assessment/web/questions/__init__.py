"""Answering questions, and the history of each answer."""
