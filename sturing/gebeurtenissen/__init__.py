"""Events on the time axis: entered, withdrawn with a reason, listed."""
