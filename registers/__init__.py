"""The registers offices keep through the year: one anatomy, declared by fields of work."""
