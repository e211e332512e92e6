"""Images and documents of editors: type by content, no metadata, renditions made ahead."""
