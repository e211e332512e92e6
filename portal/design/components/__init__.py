"""The components' Python halves: declared arguments, and what a template can't compute."""
