"""Pictures of a scene as SVG, drawn without a browser."""
