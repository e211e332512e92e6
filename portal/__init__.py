"""The portal's roof and cellar; the import contract in pyproject.toml keeps them apart."""
