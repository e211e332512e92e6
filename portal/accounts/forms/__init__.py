"""What accounts ask: at the door, about what is one's own, for the second step, and of staff about people.

Nothing is imported here: allauth asks for `details` while it is still being loaded itself.
"""
