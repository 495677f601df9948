"""The words of rules between this delivery and the one before, with their arguments."""

from data_contracts.rule_word import RuleWord

BETWEEN_WORDS: dict[str, RuleWord] = {
    "same_person": RuleWord(
        scope="table",
        judge="batch",
        code="Q_IDENTITY_CHANGED",
        outcome="quarantine_patient",
        takes={"columns": "columns"},
        needs=("columns",),
        says="still speaks of the same person as the previous delivery",
        breaks="the same identifier, another person than in the previous delivery",
    ),
    "batch_size": RuleWord(
        scope="table",
        judge="batch",
        code="E_ROWCOUNT_DROP",
        outcome="reject",
        takes={"min_ratio": "number", "max_ratio": "number"},
        says="has about as many rows as the previous delivery",
    ),
    "cohorts_stay": RuleWord(
        scope="table",
        judge="batch",
        code="W_COHORT_GONE",
        outcome="warn",
        says="has the cohorts of the previous delivery, and patients stay in theirs",
    ),
    "subjects_stay": RuleWord(
        scope="table",
        judge="batch",
        code="W_SUBJECTS_GONE",
        outcome="warn",
        takes={"min_share": "share"},
        says="has the patients of the previous delivery, under the same identifiers",
    ),
    "no_drift": RuleWord(
        scope="column",
        judge="batch",
        code="W_DRIFT_PSI",
        outcome="warn",
        takes={"max_index": "number"},
        says="is distributed as in the previous delivery",
    ),
    "same_scale": RuleWord(
        scope="column",
        judge="batch",
        code="E_SCALE_SHIFT",
        outcome="reject",
        takes={"tolerance": "number", "min_rows": "number"},
        says="is written in the unit of the previous delivery",
    ),
    "categories_stay": RuleWord(
        scope="column",
        judge="batch",
        code="W_CATEGORY_DRIFT",
        outcome="warn",
        takes={"max_index": "number"},
        says="has the categories of the previous delivery, in about the same shares",
    ),
    "missing_stays": RuleWord(
        scope="column",
        judge="batch",
        code="W_MISSING_JUMP",
        outcome="warn",
        takes={"max_rise": "number"},
        says="is missing about as often as in the previous delivery",
    ),
    "new_content": RuleWord(
        scope="table",
        judge="batch",
        code="W_REPEATED_DELIVERY",
        outcome="warn",
        says="is not the previous delivery over again",
    ),
}
