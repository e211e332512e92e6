"""Pages about organisations: for everybody, for who belongs to one, and for its managers."""
