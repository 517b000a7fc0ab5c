"""Field of work: delegations out and in, meetings and mechanisms."""
