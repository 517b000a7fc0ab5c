"""Spreadsheets in: read, understood, asked about, previewed, confirmed, undone."""
