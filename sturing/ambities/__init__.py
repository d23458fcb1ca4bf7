"""How far each ambition of the agenda is: said each half year, approved by another, read on its own page."""
