"""The year entry screen: its rows and cells, its words, and what is typed into it."""
