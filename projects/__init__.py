"""Field of work: FDI, ODA and foreign NGO aid."""
