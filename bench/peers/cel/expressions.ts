import type { MeasuredRule, RuleId } from '../../rules.ts'

/** The expressions of a rule by name, in order: each may use the names above it. `reason` is '' when granted; results come after it. */
export type NamedExpressions = Readonly<Record<string, string>>

/** Undefined where the rule was not written for it. Figures of the law are in the map `v`. */
export function expressionsOf({ id }: MeasuredRule): NamedExpressions | undefined {
  const written: Partial<Record<RuleId, NamedExpressions>> = {
    'stability-refund': stabilityRefund,
    'skill-subsidy-flat': skillSubsidy,
    contributions,
  }
  return written[id]
}

/** Half up; CEL's whole numbers have 64 bits, and their division drops the rest. */
function share(fen: string, ppm: string): string {
  return `((${fen} * ${ppm} + 500000) / 1000000)`
}

const stabilityRefund: NamedExpressions = {
  reason: `monthsPaidInFull < v.monthsPaidMin ? 'months_in_full_below_minimum'
    : layoffRatePpm > (insuredHeadcount <= v.smallHeadcountMax ? v.smallLayoffRateMaxPpm : v.layoffRateMaxPpm) ? 'layoffs_above_limit'
    : seriouslyDishonest ? 'seriously_dishonest'
    : inBankruptcyOrDeregistration ? 'bankruptcy_or_deregistration'
    : ''`,
  refundFen: share(
    'paidLastYearFen',
    `(entityKind == 'enterprise' ? v.refundRatePpm[size] : v.referenceRefundRatePpm[size])`,
  ),
}

const skillSubsidy: NamedExpressions = {
  allSenior: 'urgentSenior + (plainSenior > 0 ? 1 : 0)',
  allIntermediate: 'urgentIntermediate + (plainSenior == 0 && plainIntermediate > 0 ? 1 : 0)',
  allJunior: 'urgentJunior + (plainSenior == 0 && plainIntermediate == 0 && plainJunior > 0 ? 1 : 0)',
  senior: 'allSenior < v.subsidiesMax ? allSenior : v.subsidiesMax',
  intermediate: 'allIntermediate < v.subsidiesMax - senior ? allIntermediate : v.subsidiesMax - senior',
  junior: 'allJunior < v.subsidiesMax - senior - intermediate ? allJunior : v.subsidiesMax - senior - intermediate',
  reason: `status == 'other' ? 'neither_employed_nor_on_benefit'
    : monthsPaid < v.monthsPaidMin ? 'months_paid_below_minimum'
    : senior + intermediate + junior == 0 ? 'no_certificate_that_counts'
    : ''`,
  subsidyFen: 'v.seniorFen * senior + v.intermediateFen * intermediate + v.juniorFen * junior',
}

const contributions: NamedExpressions = {
  pensionFloorFen: 'monthlyWageFen > v.pensionBaseMinFen ? monthlyWageFen : v.pensionBaseMinFen',
  pensionBaseFen: 'pensionFloorFen < v.pensionBaseMaxFen ? pensionFloorFen : v.pensionBaseMaxFen',
  medicalFloorFen: 'monthlyWageFen > v.medicalBaseMinFen ? monthlyWageFen : v.medicalBaseMinFen',
  medicalBaseFen: 'medicalFloorFen < v.medicalBaseMaxFen ? medicalFloorFen : v.medicalBaseMaxFen',
  reason: "''",
  personFen: `months * (${[
    share('pensionBaseFen', 'v.pensionPersonRatePpm'),
    share('medicalBaseFen', 'v.medicalPersonRatePpm'),
    'v.medicalPersonFixedFen',
    share('pensionBaseFen', 'v.unemploymentPersonRatePpm'),
  ].join(' + ')})`,
  employerFen: `months * (${[
    share('pensionBaseFen', 'v.pensionEmployerRatePpm'),
    share('medicalBaseFen', 'v.medicalEmployerRatePpm'),
    share('pensionBaseFen', 'v.unemploymentEmployerRatePpm'),
    share('pensionBaseFen', 'v.workInjuryRatePpm[industryClass]'),
    share('medicalBaseFen', 'v.maternityEmployerRatePpm'),
  ].join(' + ')})`,
  incomeFen: `monthlyWageFen * months - v.basicDeductionFen - personFen - additionalDeductionsFen * months - otherDeductionsFen`,
  taxableFen: 'incomeFen > 0 ? incomeFen : 0',
  bracket: `taxableFen <= v.bracketUpToFen['1st'] ? '1st' : taxableFen <= v.bracketUpToFen['2nd'] ? '2nd'
    : taxableFen <= v.bracketUpToFen['3rd'] ? '3rd' : taxableFen <= v.bracketUpToFen['4th'] ? '4th'
    : taxableFen <= v.bracketUpToFen['5th'] ? '5th' : taxableFen <= v.bracketUpToFen['6th'] ? '6th' : '7th'`,
  taxFen: `${share('taxableFen', 'v.bracketRatePpm[bracket]')} - v.quickDeductionFen[bracket]`,
  incomeTaxFen: 'taxFen > 0 ? taxFen : 0',
}
