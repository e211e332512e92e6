"""Engines behind one port (`base`)."""
