#!/usr/bin/python3
"""Writes jours-feries-2020-2040.csv anew from Debian's python3-holidays, which has a calendar of its own.

    apt-get install python3-holidays
    /usr/bin/python3 tests/data/jours-feries.py > tests/data/jours-feries-2020-2040.csv
"""
import sys

import holidays

YEARS = range(2020, 2041)
REGIONS = ("Métropole", "Alsace-Moselle")

print(f"# Jours fériés de 2020 à 2040, d'après python3-holidays {holidays.__version__} (Debian 12, licence MIT).")
print("# Refaire : tests/data/jours-feries.py. Comparer à une autre source encore : tests/data/jours-feries.mjs.")
print("date;region;nom")
rows = [(str(day), region, name)
        for region in REGIONS
        for day, name in holidays.France(prov=region, years=YEARS).items()]
for row in sorted(rows):
    print(";".join(row))
sys.exit(0 if len(rows) >= 21 * (10 + 12) else "too few days: has the package changed?")
