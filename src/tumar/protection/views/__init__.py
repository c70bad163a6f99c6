"""Pages of screenings, cases and referrals. A view finds, asks, and shows."""
