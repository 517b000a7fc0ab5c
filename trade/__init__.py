"""Field of work: trade turnover through the province."""
