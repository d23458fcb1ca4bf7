"""A meeting: its agenda, the questions asked before it, and what it decided."""
