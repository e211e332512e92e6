"""The real content from the sources, as readable files, and the command that loads it."""
