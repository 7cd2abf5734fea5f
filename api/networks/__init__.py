"""Networks that are trained, for the stage: what is chosen, what it is called, and the facts of it."""
