"""Charts as server-made SVG: lengths in per cent across and in em down, so text keeps its size on a phone."""
