"""Pages from readable files: one file a page, a YAML head and Markdown below it.

`files` and `fields` read a file and say where in it something is wrong (`problems`); `importers` is what a room offers
for its kind of page; `services` checks everything first and then changes everything or nothing.
"""
