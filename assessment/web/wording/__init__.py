"""The sentences that pages say from code, by what they are about; those of forms stand at their fields."""
