"""The base page, content and knowledge pages, their blocks, navigation, and importing from files."""
