"""``python -m bench.sjabloon <naam> [vul]``: one database for the parts of a run to copy."""

from __future__ import annotations

import os
import sys

from bench.kladdatabase import maak_sjabloon

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    maak_sjabloon(sys.argv[1])
    if sys.argv[2:] == ["vul"]:
        from bench.paginas import vul

        vul()
