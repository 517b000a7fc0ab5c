"""Figures of a year out of a sheet: rows understood, checked, written, undone."""
