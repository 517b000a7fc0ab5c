"""People and agencies as places files are imported into."""
