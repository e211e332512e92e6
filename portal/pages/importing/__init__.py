"""Pages from readable files: one file a page, a YAML head and Markdown below it.

`files` reads a file and says where in it something is wrong; `importers` is what a room offers for its kind of page;
`services` checks everything first and then changes everything or nothing.
"""
