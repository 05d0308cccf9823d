"""What fits a case among partners, and a referral in plain words."""
