"""Free moments, what can be booked, and places with their hours."""
