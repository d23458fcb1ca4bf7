"""The entry measured: the grid of 20 × 25 against a bare page, 500 cells saved against a bare bulk insert of 500 rows.

And how long it takes from the answer "vastgesteld" until the API gives the new verdict, with a worker as it runs.
"""

from __future__ import annotations
