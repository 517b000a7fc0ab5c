"""Field of work: international agreements."""
