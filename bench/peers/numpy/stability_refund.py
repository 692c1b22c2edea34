"""The job-retention refund of Hebei (C2.02-C2.07)."""

import numpy as np
from run import share

COLUMNS = {
    "monthsPaidInFull": ("u2", "i4"),
    "insuredHeadcount": ("i4", "i4"),
    "layoffRatePpm": ("i4", "i4"),
    "seriouslyDishonest": ("u1", "?"),
    "inBankruptcyOrDeregistration": ("u1", "?"),
    "entityKind": ("u1", "i1"),
    "size": ("u1", "i1"),
    "paidLastYearFen": ("f8", "f8"),
}
ENDS = ["months_in_full_below_minimum", "layoffs_above_limit", "seriously_dishonest", "bankruptcy_or_deregistration", "granted"]


def decide(facts, values):
    is_small = facts["insuredHeadcount"] <= values.of("smallHeadcountMax")
    layoff_limit_ppm = np.where(is_small, values.of("smallLayoffRateMaxPpm"), values.of("layoffRateMaxPpm"))
    ends = np.select(
        [
            facts["monthsPaidInFull"] < values.of("monthsPaidMin"),
            facts["layoffRatePpm"] > layoff_limit_ppm,
            facts["seriouslyDishonest"],
            facts["inBankruptcyOrDeregistration"],
        ],
        [0, 1, 2, 3],
        default=4,
    )
    rate_ppm = np.where(
        facts["entityKind"] != 0,
        values.of("referenceRefundRatePpm", key=facts["size"]),
        values.of("refundRatePpm", key=facts["size"]),
    )
    return ends, {"refundFen": np.where(ends == 4, share(facts["paidLastYearFen"], rate_ppm), 0)}
