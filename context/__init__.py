"""Field of work without a register: what surrounds foreign affairs."""
