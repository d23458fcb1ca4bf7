"""Who answers for an indicator, an onderdeel or a theme: to be seen, assigned and ended, with a date."""
