"""Searching from elsewhere: the description for browsers, suggestions as they want them, and a feed per search."""
