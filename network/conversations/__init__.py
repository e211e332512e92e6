"""Conversations: what people write to each other, shared by forum, questions and events.

A conversation is for everybody or for one ecosystem; its posts are Markdown, with a history, quotes, mentions, votes and
drafts. The rooms above give it an address and a meaning, and register it in a `conversation_kinds.py`.
"""
