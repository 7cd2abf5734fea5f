"""How one process shares its processor among many readers: what waits, in which order, and what is kept."""
