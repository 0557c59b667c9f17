"""The sentences that pages say from code, by what they are about."""
