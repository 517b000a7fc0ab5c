"""What the reading child is made of: one module for each format. No Django here."""
