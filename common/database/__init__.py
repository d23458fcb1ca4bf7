"""Who may do what in the database, and a copy of it that can be put back."""
