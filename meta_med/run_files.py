"""Names of the files in a run folder, by the stage that writes them.

The list includes the gate's stages, so that no two stages choose the same name.
"""

# ingest
FACTS = "facts.json"
SOURCES, CONVERSIONS, PREVIOUS = "sources", "conversions", "previous"
CORRECTIONS = "corrections.json"

# validate
VALID, QUARANTINE = "valid", "quarantine"
FINDINGS, JUDGEMENT = "findings.parquet", "judgement.json"
WITHHELD, LINKED = "withheld.json", "linked.json"
TOUCHED, BATCH, REPORT_CONTENT = "touched.parquet", "batch.json", "report.json"
REPORT, REPORT_FACTS = "data_quality.html", "data_quality.json"

# cohorts
RECORDS = "records"
NEWEST, ACCOUNT, SPLITS = "newest.parquet", "account.json", "splits.json"

# episodes
SCALING, RECORD_USE = "scaling.json", "record_use.json"

# meta_train
MODELS = "models"

# calibrate
HELD_OUT_FORECASTS = "forecasts_held_out.safetensors"
CHAMPION, CALIBRATION, FITTED_GUARDS, TOO_FEW = (
    "champion.json", "calibration.json", "guards.json", "too_few.json",
)  # fmt: skip
HORIZONS, NARROWING = "horizons.json", "narrowing.json"

# evaluate
EVALUATION, LEAKAGE = "evaluation.parquet", "leakage.parquet"
WORSE = "worse_than_baseline.json"
HORIZON_CHECK = "horizon_check.parquet"
CROSSFIT, CURVE = "crossfit", "curve"

# promote: in a model version, beside the files of the same names
SERVING, CONTEXTS, PEOPLE = "serving.json", "contexts.safetensors", "people.parquet"
STUDY = "study.json"

# adapt, predict: in the folder of the night
NIGHT, MODEL = "night", "model.json"
ADAPTED, ALARMS, FALLBACKS = "adapted.safetensors", "alarms.safetensors", "fallbacks.json"
STATUSES, GUARDS = "statuses.parquet", "guards.parquet"
PREDICTIONS, OVER_TIME = "predictions.parquet", "over_time.parquet"
REPLAY, REPLAYED = "replay.parquet", "replayed.parquet"
INFLUENCES, WIDTH_REASONS, WHAT_IF = "influences.parquet", "width_reasons.parquet", "what_if.parquet"
EXPLAINED = "explained.parquet"
TONIGHT, TAKEN_OVER = "tonight.safetensors", "taken_over.json"

# publish: the patients of the release as they were published, with the seal of all rows of each, for the next night
PUBLISHED = "published"

# every stage, when it has finished
MARKERS = "done"

# the whole run, beside the markers: the states of the source files as read, and of the run's own files as published;
# the deliveries that a table is made of, where they have changed patients only
AS_READ, SOUND = "as_read.json", "sound.json"
DELIVERED = "delivered.json"


def contexts_without(part: int) -> str:
    """What patients of each cohort lend to the fits without a part."""
    return f"contexts-without-{part}.safetensors"
