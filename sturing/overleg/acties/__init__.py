"""What a decision asks of somebody, until it is done or withdrawn."""
