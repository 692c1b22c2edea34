import type { MeasuredRule, RuleId } from '../../rules.ts'

/** JSON-logic as it is written. */
export type Logic = unknown

/** The logics of a rule by name, in order: each may ask for the names above it. `reason` is null when granted; results come after it. */
export type NamedLogics = Readonly<Record<string, Logic>>

/** Undefined where the rule was not written for it. Figures of the law are in the data, under `values`. */
export function logicsOf({ id }: MeasuredRule): NamedLogics | undefined {
  const written: Partial<Record<RuleId, NamedLogics>> = {
    'stability-refund': stabilityRefund(),
    'skill-subsidy-flat': skillSubsidy(),
    contributions: contributions(),
  }
  return written[id]
}

function stabilityRefund(): NamedLogics {
  const rateOf = (table: string) => ({ val: ['values', table, { val: 'size' }] })
  return {
    layoffLimitPpm: when(
      [{ '<=': [get('insuredHeadcount'), value('smallHeadcountMax')] }, value('smallLayoffRateMaxPpm')],
      value('layoffRateMaxPpm'),
    ),
    reason: when(
      [{ '<': [get('monthsPaidInFull'), value('monthsPaidMin')] }, 'months_in_full_below_minimum'],
      [{ '>': [get('layoffRatePpm'), get('layoffLimitPpm')] }, 'layoffs_above_limit'],
      [get('seriouslyDishonest'), 'seriously_dishonest'],
      [get('inBankruptcyOrDeregistration'), 'bankruptcy_or_deregistration'],
      null,
    ),
    ratePpm: when(
      [{ '===': [get('entityKind'), 'enterprise'] }, rateOf('refundRatePpm')],
      rateOf('referenceRefundRatePpm'),
    ),
    refundFen: share(get('paidLastYearFen'), get('ratePpm')),
  }
}

function skillSubsidy(): NamedLogics {
  const most = value('subsidiesMax')
  return {
    plainSeniorPaid: { min: [get('plainSenior'), 1] },
    plainIntermediatePaid: when([{ '>': [get('plainSenior'), 0] }, 0], { min: [get('plainIntermediate'), 1] }),
    plainJuniorPaid: when([{ '>': [{ '+': [get('plainSenior'), get('plainIntermediate')] }, 0] }, 0], {
      min: [get('plainJunior'), 1],
    }),
    senior: { min: [{ '+': [get('urgentSenior'), get('plainSeniorPaid')] }, most] },
    intermediate: {
      min: [{ '+': [get('urgentIntermediate'), get('plainIntermediatePaid')] }, { '-': [most, get('senior')] }],
    },
    junior: {
      min: [
        { '+': [get('urgentJunior'), get('plainJuniorPaid')] },
        { '-': [most, get('senior'), get('intermediate')] },
      ],
    },
    reason: when(
      [{ '===': [get('status'), 'other'] }, 'neither_employed_nor_on_benefit'],
      [{ '<': [get('monthsPaid'), value('monthsPaidMin')] }, 'months_paid_below_minimum'],
      [{ '===': [{ '+': [get('senior'), get('intermediate'), get('junior')] }, 0] }, 'no_certificate_that_counts'],
      null,
    ),
    subsidyFen: {
      '+': [
        { '*': [value('seniorFen'), get('senior')] },
        { '*': [value('intermediateFen'), get('intermediate')] },
        { '*': [value('juniorFen'), get('junior')] },
      ],
    },
  }
}

function contributions(): NamedLogics {
  const base = (min: string, max: string) => ({ min: [{ max: [get('monthlyWageFen'), value(min)] }, value(max)] })
  const taxable = get('taxableFen')
  const bracket = (name: string) => [{ '<=': [taxable, value(`bracketUpToFen.${name}`)] }, name] as const
  return {
    pensionBaseFen: base('pensionBaseMinFen', 'pensionBaseMaxFen'),
    medicalBaseFen: base('medicalBaseMinFen', 'medicalBaseMaxFen'),
    reason: null,
    personFen: {
      '*': [
        {
          '+': [
            share(get('pensionBaseFen'), value('pensionPersonRatePpm')),
            share(get('medicalBaseFen'), value('medicalPersonRatePpm')),
            value('medicalPersonFixedFen'),
            share(get('pensionBaseFen'), value('unemploymentPersonRatePpm')),
          ],
        },
        get('months'),
      ],
    },
    employerFen: {
      '*': [
        {
          '+': [
            share(get('pensionBaseFen'), value('pensionEmployerRatePpm')),
            share(get('medicalBaseFen'), value('medicalEmployerRatePpm')),
            share(get('pensionBaseFen'), value('unemploymentEmployerRatePpm')),
            share(get('pensionBaseFen'), { val: ['values', 'workInjuryRatePpm', { val: 'industryClass' }] }),
            share(get('medicalBaseFen'), value('maternityEmployerRatePpm')),
          ],
        },
        get('months'),
      ],
    },
    taxableFen: {
      max: [
        {
          '-': [
            { '*': [get('monthlyWageFen'), get('months')] },
            value('basicDeductionFen'),
            get('personFen'),
            { '*': [get('additionalDeductionsFen'), get('months')] },
            get('otherDeductionsFen'),
          ],
        },
        0,
      ],
    },
    bracket: when(...['1st', '2nd', '3rd', '4th', '5th', '6th'].map(bracket), '7th'),
    incomeTaxFen: {
      max: [
        {
          '-': [
            share(taxable, { val: ['values', 'bracketRatePpm', get('bracket')] }),
            { val: ['values', 'quickDeductionFen', get('bracket')] },
          ],
        },
        0,
      ],
    },
  }
}

function get(name: string): Logic {
  return { val: name }
}

function value(path: string): Logic {
  return { val: ['values', ...path.split('.')] }
}

/** Pairs of a condition and what holds then; the last one holds else. */
function when(...cases: readonly (readonly [Logic, Logic] | Logic)[]): Logic {
  return { if: cases.flatMap((each) => (Array.isArray(each) ? each : [each])) }
}

/** Half up, in basis points, whose products doubles hold. `floor` is the operator that was added. */
function share(fen: Logic, ppm: Logic): Logic {
  return { floor: { '/': [{ '+': [{ '*': [fen, { '/': [ppm, 100] }] }, 5_000] }, 10_000] } }
}
