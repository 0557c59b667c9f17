"""The gap summary as sections of headings, texts, lists and tables: one order and one wording for every format made of text."""
