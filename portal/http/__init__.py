"""What happens around every request: its id and log line, headers, transactions, maintenance, whole-page cache.

Middlewares only: no models, and nothing of any room.
"""
