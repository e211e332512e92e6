"""Measured results as a search of their own: one indicator, most improved first, each with its source."""
