"""Keeping the index true: outbox, relay, rebuild and reconcile. The only place in the project with signal receivers."""
