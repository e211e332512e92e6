"""Pages of ecosystems: for everybody, for who takes part, and for managers."""
