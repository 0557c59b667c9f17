"""Everything people read in reports, by subject: whole sentences, marked for translation, and no layout."""
