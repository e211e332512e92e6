"""Screens of moderation: members of the portal use them, and none of them is in the staff admin."""
