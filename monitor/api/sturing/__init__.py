"""What is steered on, as lists: one file per part."""
