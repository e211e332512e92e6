"""The lists that order everything: sectors, regions, size classes, themes and goals."""
