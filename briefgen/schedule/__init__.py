"""Jobs: when they are due, the process that waits for them, and what others need to run them."""
