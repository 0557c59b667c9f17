"""Reports: the gap summary in every format, all from one model."""
