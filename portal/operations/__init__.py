"""Keeping the portal running: health, metrics, starting, backup and restore, moving to PostgreSQL."""
