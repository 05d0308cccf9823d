"""Working days, closing days and months: when something is due."""
