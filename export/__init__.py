"""A scene as something to carry away."""
