"""Reads a CSV file of a running open-data site by its CSV on the Web metadata; prints what came of it as one line of JSON."""
import json
import sys
import warnings

from csvw import CSVW

with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always")
    table = CSVW(sys.argv[1], validate=True)
    rows = list(table.t.iterdicts())
    valid = table.is_valid
print(json.dumps({"valid": valid, "rows": len(rows), "first": rows[0], "warnings": [str(each.message) for each in said]}, default=str))
