"""Signing in and one's own account: allauth's views, with what this portal asks besides."""
