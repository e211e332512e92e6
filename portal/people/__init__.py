"""People as others see them: role at work, photo, expertise, and who may see which of it."""
