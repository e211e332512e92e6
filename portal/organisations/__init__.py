"""Companies, branch organisations and others; who belongs to them, and in which role."""
