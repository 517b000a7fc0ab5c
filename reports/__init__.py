"""Reader: the reports of a period."""
