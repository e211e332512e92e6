"""The forum: rooms of the portal or of an ecosystem, with topics to talk about."""
