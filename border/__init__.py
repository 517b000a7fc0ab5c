"""Field of work: the border and its incidents."""
