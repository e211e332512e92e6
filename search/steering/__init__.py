"""What editors say about searching: words, recommended results, and queries with known answers."""
