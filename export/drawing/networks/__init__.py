"""The labs of networks that train, drawn without a browser: what the stage shows of the same facts."""
