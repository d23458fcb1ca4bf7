"""Where everything is told that concerns who gets in: one line per event, never with what a person keeps secret."""

import logging

beveiliging = logging.getLogger("strategie.beveiliging")
