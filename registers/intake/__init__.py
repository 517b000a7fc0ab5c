"""What a file says of records: met, checked, staged, written set-wise, and undone."""
