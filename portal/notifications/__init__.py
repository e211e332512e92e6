"""Notifications: what happened that a person asked to hear of, in the portal and in one mail.

A row says who, which kind and about which object, and never holds a text: rooms above register their kinds in a
`notification_kinds.py`, and say what stands there at the moment of reading, to this reader. So a notification of what
somebody may no longer see shows nothing.
"""
