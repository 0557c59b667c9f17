"""Storage: tables, and the few functions over them. The only place that knows SQL; it holds ids and gives them no meaning.

Every function that writes does so in one short transaction and returns only after the commit. Times come in as arguments.
"""
