"""For staff: why a hit has its place, in words and numbers."""
