"""Moderation: what is reported or held back, what was decided and why, and how to object.

It lies below the rooms whose content it is about: they offer what can be reported, hidden and restored in a
`reportables.py`.
"""
