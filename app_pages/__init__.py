"""The pages. Thin: they read the scene, ask for the facts and hand them to the stage."""
