"""Companies that learn from each other: ecosystems, and what their people say and do in them."""
