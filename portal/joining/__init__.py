"""Asking to join, and being invited by mail: what organisations and ecosystems share. It has no tables of its own."""
