"""What is searched and whether it was found, without a person: counts by query and day, clicks by place, verdicts."""
