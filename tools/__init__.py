"""For developers only: a running Optiscape and a browser in front of it."""
