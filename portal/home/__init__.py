"""The front page, and what a visitor keeps for themselves."""
