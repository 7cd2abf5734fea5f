"""Questions over many runs of networks."""
