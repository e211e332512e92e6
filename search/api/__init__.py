"""The open search API: what everybody may find, for programs, read-only."""
