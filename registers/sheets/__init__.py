"""Registers as tables of a spreadsheet: columns, cells, and the files they leave in."""
