"""Ecosystems: an organisation's circle of companies, with working groups within it.

Membership is a company's, taking part is a person's. Who takes part holds the audience term `ecosystem:ID`, and so finds
and reads what is said there; nobody else does. A working group is an ecosystem with a parent: taking part in it needs
taking part in its parent, its siblings see nothing of it, and who manages the parent manages the group.
"""
