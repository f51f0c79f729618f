"""The front door: contacts, referrals and single assessments, and how timely each was."""
