"""The page on which teams are split, merged, ended, begun and renamed."""

from formatie.bijhouden.organisatie import TEAMS
from monitor.invoer.voorstellen.organisatie.selectors import get_teamrijen
from monitor.invoer.voorstellen.organisatie.teams.forms import Teamformulier
from monitor.invoer.voorstellen.organisatie.views import bijhouden

teams = bijhouden(TEAMS, "Organisatie", lambda gevraagd: Teamformulier, lambda dag: {"districten": get_teamrijen()})
