"""Best-practice cases: what companies did, what it gave, and how sure that is."""
