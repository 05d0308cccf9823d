"""What the public reads of a service: its page, facets, freshness, hint and lists to choose from."""
