"""What is proposed about an indicator and decided on by another: its targets, its definition, its limits."""
