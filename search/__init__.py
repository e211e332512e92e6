"""Searching: one Dutch, documents from every room, and engines behind one port."""
