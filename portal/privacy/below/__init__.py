"""What the rooms below hold about people: those don't know the registry, nor do Django, Wagtail and allauth."""
