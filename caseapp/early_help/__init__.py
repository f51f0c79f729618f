"""Early help as a family lives it: episode, consent, lead practitioner, moves from request to closure."""
