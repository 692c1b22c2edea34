"""The skill subsidy of Hebei with certificates counted by level (C3)."""

import numpy as np

COUNTS = ["plainJunior", "plainIntermediate", "plainSenior", "urgentJunior", "urgentIntermediate", "urgentSenior"]
COLUMNS = {"status": ("u1", "i1"), "monthsPaid": ("u1", "i4"), **{name: ("u1", "i4") for name in COUNTS}}
ENDS = ["neither_employed_nor_on_benefit", "months_paid_below_minimum", "no_certificate_that_counts", "granted"]


def decide(facts, values):
    subsidies_max = values.of("subsidiesMax")
    plain_senior = np.minimum(facts["plainSenior"], 1)
    plain_intermediate = np.where(facts["plainSenior"] > 0, 0, np.minimum(facts["plainIntermediate"], 1))
    better = facts["plainSenior"] + facts["plainIntermediate"]
    plain_junior = np.where(better > 0, 0, np.minimum(facts["plainJunior"], 1))
    senior = np.minimum(facts["urgentSenior"] + plain_senior, subsidies_max)
    intermediate = np.minimum(facts["urgentIntermediate"] + plain_intermediate, subsidies_max - senior)
    junior = np.minimum(facts["urgentJunior"] + plain_junior, subsidies_max - senior - intermediate)
    ends = np.select(
        [
            facts["status"] == 2,
            facts["monthsPaid"] < values.of("monthsPaidMin"),
            senior + intermediate + junior == 0,
        ],
        [0, 1, 2],
        default=3,
    )
    subsidy_fen = (
        values.of("seniorFen") * senior
        + values.of("intermediateFen") * intermediate
        + values.of("juniorFen") * junior
    )
    return ends, {"subsidyFen": np.where(ends == 3, subsidy_fen, 0)}
