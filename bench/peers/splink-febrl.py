"""Splink on FEBRL files: splink-febrl.py FOLDER SET [SET]; prints {"f1": ...}, pairwise, as its clusters give it.

Settings follow Splink's own examples for these sets; blocks are those of the engine that it stands beside.
"""
import json
import sys
import warnings

import duckdb
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on

try:
    from splink import DuckDBAPI
except ImportError:
    from splink.backends.duckdb import DuckDBAPI

warnings.filterwarnings("ignore")
folder, *sets = sys.argv[1:]


def rows_of(name):
    read = duckdb.sql(
        f"""select * from read_csv('{folder}/{name}.csv', all_varchar = true, normalize_names = true)"""
    )
    columns = ", ".join(
        f"nullif(trim({column}), '') as {column}" for column in read.columns
    )
    cluster = "regexp_extract(rec_id, '^\\s*rec-(\\d+)-', 1) as cluster"
    return duckdb.sql(f"select {columns}, {cluster}, '{name}' as source_dataset from read").to_arrow_table()


frames = [rows_of(name) for name in sets]
blocks = [
    ("soc_sec_id",),
    ("date_of_birth",),
    ("given_name", "surname"),
    ("surname", "postcode"),
    ("given_name", "postcode"),
    ("address_1", "street_number"),
    ("suburb", "surname"),
    ("given_name", "suburb"),
    ("address_1", "postcode"),
    ("street_number", "suburb", "postcode"),
]
settings = SettingsCreator(
    link_type="dedupe_only" if len(sets) == 1 else "link_only",
    unique_id_column_name="rec_id",
    blocking_rules_to_generate_predictions=[block_on(*rule) for rule in blocks],
    comparisons=[
        cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
        cl.NameComparison("surname").configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("date_of_birth", [1]),
        cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
        cl.DamerauLevenshteinAtThresholds("street_number", [1]),
        cl.JaroWinklerAtThresholds("address_1", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("suburb", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
        cl.ExactMatch("state"),
    ],
    max_iterations=40,
)
api = DuckDBAPI()
inputs = [api.register(f) for f in frames] if hasattr(api, "register") else frames
try:
    linker = Linker(inputs if len(inputs) > 1 else inputs[0], settings)
except TypeError:
    linker = Linker(frames if len(frames) > 1 else frames[0], settings, db_api=api)
linker.training.estimate_probability_two_random_records_match(
    [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")], recall=0.9
)
linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
for rule in (("date_of_birth",), ("soc_sec_id",), ("given_name", "surname")):
    linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
pairs = linker.inference.predict(threshold_match_probability=0.5)
clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=0.5)
found = clusters.as_record_list()


def pairs_in(keys):
    counts = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    return sum(n * (n - 1) / 2 for n in counts.values())


truth = {r["rec_id"] + r["source_dataset"]: r["cluster"] for f in frames for r in f.to_pylist()}
rows = [(row["cluster_id"], truth[row["rec_id"] + row["source_dataset"]]) for row in found]
right = pairs_in(rows)
precision = right / pairs_in(c for c, _ in rows)
recall = right / pairs_in(t for _, t in rows)
print(json.dumps({"precision": precision, "recall": recall, "f1": 2 * precision * recall / (precision + recall)}))
