"""The lists of the desk and what staff work with: who has how much, and which question comes next."""
