"""Before there is an assessment: the first page, the questionnaires to read, the glossary."""
