"""A question or an advice, its answers, and who releases them."""
