"""Five insurances and the income tax they leave (B1.07), values by region."""

import numpy as np
from run import share

COLUMNS = {
    "@set": ("u1", "i1"),
    "monthlyWageFen": ("i4", "f8"),
    "months": ("u1", "i4"),
    "industryClass": ("u1", "i1"),
    "additionalDeductionsFen": ("i4", "f8"),
    "otherDeductionsFen": ("i4", "f8"),
}
ENDS = ["granted"]


def decide(facts, values):
    region = facts["@set"]
    wage_fen = facts["monthlyWageFen"]
    months = facts["months"]

    def value(name):
        return values.of(name, region)

    pension_base = np.clip(wage_fen, value("pensionBaseMinFen"), value("pensionBaseMaxFen"))
    medical_base = np.clip(wage_fen, value("medicalBaseMinFen"), value("medicalBaseMaxFen"))
    person_month_fen = (
        share(pension_base, value("pensionPersonRatePpm"))
        + share(medical_base, value("medicalPersonRatePpm"))
        + value("medicalPersonFixedFen")
        + share(pension_base, value("unemploymentPersonRatePpm"))
    )
    employer_month_fen = (
        share(pension_base, value("pensionEmployerRatePpm"))
        + share(medical_base, value("medicalEmployerRatePpm"))
        + share(pension_base, value("unemploymentEmployerRatePpm"))
        + share(pension_base, values.of("workInjuryRatePpm", region, facts["industryClass"]))
        + share(medical_base, value("maternityEmployerRatePpm"))
    )
    person_fen = person_month_fen * months
    deductions_fen = (
        value("basicDeductionFen") + person_fen + facts["additionalDeductionsFen"] * months + facts["otherDeductionsFen"]
    )
    taxable_fen = np.maximum(wage_fen * months - deductions_fen, 0)
    # The bracket: how many upper bounds of the national table lie below.
    bracket = sum((taxable_fen > values.of("bracketUpToFen", region, key)).astype(np.int8) for key in range(6))
    tax_fen = share(taxable_fen, values.of("bracketRatePpm", region, bracket)) - values.of("quickDeductionFen", region, bracket)
    results = {
        "personFen": person_fen,
        "employerFen": employer_month_fen * months,
        "incomeTaxFen": np.maximum(tax_fen, 0),
    }
    return np.zeros(len(wage_fen), dtype=np.int8), results
