import type { MeasuredRule, RuleId } from '../../rules.ts'
import { plainValues, withFigures } from '../cases.ts'

/** A node of a decision graph, without its id. */
interface GraphNode {
  readonly type: string
  readonly content?: object
}

/**
 * The graph of a rule as GoRules' editor would save it: expressions and decision tables one after the other. Undefined where the rule was
 * not written for it.
 */
export function decisionOf(rule: MeasuredRule): object | undefined {
  const written: Partial<Record<RuleId, (rule: MeasuredRule) => GraphNode[]>> = {
    'stability-refund': stabilityRefund,
    'skill-subsidy-flat': skillSubsidy,
    contributions,
  }
  const nodes = written[rule.id]?.(rule)
  if (nodes === undefined) return undefined
  const chain = [{ type: 'inputNode' }, ...nodes, { type: 'outputNode' }]
  const edges = chain.slice(1).map((_, place) => ({ sourceId: `node ${place}`, targetId: `node ${place + 1}` }))
  return {
    nodes: chain.map((node, place) => ({ ...node, id: `node ${place}`, name: `node ${place}` })),
    edges: edges.map((edge, place) => ({ ...edge, id: `edge ${place}`, type: 'edge' })),
  }
}

function stabilityRefund(rule: MeasuredRule): GraphNode[] {
  const figures = plainValues(rule)
  const sizes = ['large', 'medium', 'small', 'micro']
  return [
    expressions(figures, {
      layoffLimitPpm: 'insuredHeadcount <= {smallHeadcountMax} ? {smallLayoffRateMaxPpm} : {layoffRateMaxPpm}',
    }),
    table(
      figures,
      [
        ...['monthsPaidInFull', 'layoffRatePpm', 'seriouslyDishonest', 'inBankruptcyOrDeregistration'],
        ...['entityKind', 'size'],
      ],
      ['reason', 'ratePpm'],
      [
        ['< {monthsPaidMin}', '', '', '', '', '', `'months_in_full_below_minimum'`, ''],
        ['', '> layoffLimitPpm', '', '', '', '', `'layoffs_above_limit'`, ''],
        ['', '', 'true', '', '', '', `'seriously_dishonest'`, ''],
        ['', '', '', 'true', '', '', `'bankruptcy_or_deregistration'`, ''],
        ...sizes.map((size) => ['', '', '', '', `'enterprise'`, `'${size}'`, '', `{refundRatePpm.${size}}`]),
        ...sizes.map((size) => ['', '', '', '', '', `'${size}'`, '', `{referenceRefundRatePpm.${size}}`]),
      ],
    ),
    results({ refundFen: 'reason == null ? floor((paidLastYearFen * ratePpm + 500000) / 1000000) : null' }),
  ]
}

function skillSubsidy(rule: MeasuredRule): GraphNode[] {
  const figures = plainValues(rule)
  return [
    expressions(figures, {
      plainSeniorPaid: 'min([plainSenior, 1])',
      plainIntermediatePaid: 'plainSenior > 0 ? 0 : min([plainIntermediate, 1])',
      plainJuniorPaid: 'plainSenior + plainIntermediate > 0 ? 0 : min([plainJunior, 1])',
      senior: 'min([urgentSenior + $.plainSeniorPaid, {subsidiesMax}])',
      intermediate: 'min([urgentIntermediate + $.plainIntermediatePaid, {subsidiesMax} - $.senior])',
      junior: 'min([urgentJunior + $.plainJuniorPaid, {subsidiesMax} - $.senior - $.intermediate])',
      subsidies: '$.senior + $.intermediate + $.junior',
    }),
    table(
      figures,
      ['status', 'monthsPaid', 'subsidies'],
      ['reason'],
      [
        [`'other'`, '', '', `'neither_employed_nor_on_benefit'`],
        ['', '< {monthsPaidMin}', '', `'months_paid_below_minimum'`],
        ['', '', '0', `'no_certificate_that_counts'`],
        ['', '', '', 'null'],
      ],
    ),
    results(
      {
        subsidyFen:
          'reason == null ? {seniorFen} * senior + {intermediateFen} * intermediate + {juniorFen} * junior : null',
      },
      figures,
    ),
  ]
}

/** What differs by region comes with the case, as `law`: a decision table of 32 rows would take ZEN four times as long. */
function contributions(rule: MeasuredRule): GraphNode[] {
  const figures = plainValues(rule)
  const classes = ['1', '2', '3', '4', '5', '6', '7', '8'].map((number) => `class_${number}`)
  const brackets = ['1st', '2nd', '3rd', '4th', '5th', '6th', '7th']
  const share = (amount: string, rate: string) => `floor((${amount} * ${rate} + 500000) / 1000000)`
  return [
    table(
      figures,
      ['industryClass'],
      ['workInjuryRatePpm'],
      classes.map((name) => [`'${name}'`, `{workInjuryRatePpm.${name}}`]),
    ),
    expressions(figures, {
      pensionBaseFen: 'min([max([monthlyWageFen, law.pensionBaseMinFen]), law.pensionBaseMaxFen])',
      medicalBaseFen: 'min([max([monthlyWageFen, law.medicalBaseMinFen]), law.medicalBaseMaxFen])',
      personFen: `months * (${[
        share('$.pensionBaseFen', 'law.pensionPersonRatePpm'),
        share('$.medicalBaseFen', 'law.medicalPersonRatePpm'),
        'law.medicalPersonFixedFen',
        share('$.pensionBaseFen', 'law.unemploymentPersonRatePpm'),
      ].join(' + ')})`,
      employerFen: `months * (${[
        share('$.pensionBaseFen', 'law.pensionEmployerRatePpm'),
        share('$.medicalBaseFen', 'law.medicalEmployerRatePpm'),
        share('$.pensionBaseFen', 'law.unemploymentEmployerRatePpm'),
        share('$.pensionBaseFen', 'workInjuryRatePpm'),
        share('$.medicalBaseFen', 'law.maternityEmployerRatePpm'),
      ].join(' + ')})`,
      deductionsFen: '{basicDeductionFen} + $.personFen + additionalDeductionsFen * months + otherDeductionsFen',
      taxableFen: 'max([monthlyWageFen * months - $.deductionsFen, 0])',
    }),
    table(
      figures,
      ['taxableFen'],
      ['taxRatePpm', 'quickDeductionFen'],
      brackets.map((name) => [
        name === '7th' ? '' : `<= {bracketUpToFen.${name}}`,
        ...[`{bracketRatePpm.${name}}`, `{quickDeductionFen.${name}}`],
      ]),
    ),
    results({
      personFen: 'personFen',
      employerFen: 'employerFen',
      incomeTaxFen: `max([${share('taxableFen', 'taxRatePpm')} - quickDeductionFen, 0])`,
    }),
  ]
}

type Figures = Readonly<Record<string, unknown>>

/** What is computed, by name; `$.name` is one computed above. */
function expressions(figures: Figures, byName: Readonly<Record<string, string>>, passThrough = true): GraphNode {
  const written = Object.entries(byName).map(([key, text], id) => ({
    id: String(id),
    key,
    value: withFigures(text, figures),
  }))
  return { type: 'expressionNode', content: { expressions: written, passThrough } }
}

/** The last node gives the reason and the results alone. */
function results(byName: Readonly<Record<string, string>>, figures: Figures = {}): GraphNode {
  return expressions(figures, { ...byName, reason: 'reason' }, false)
}

/** A decision table: the first row whose conditions all hold gives its outputs; an empty condition always holds. */
function table(
  figures: Figures,
  inputs: readonly string[],
  outputs: readonly string[],
  rows: readonly (readonly string[])[],
): GraphNode {
  const named = (names: readonly string[]) => names.map((field) => ({ id: field, name: field, field }))
  const columns = [...inputs, ...outputs]
  const rules = rows.map((cells, row) => ({
    _id: String(row),
    ...Object.fromEntries(columns.map((column, place) => [column, withFigures(cells[place] ?? '', figures)])),
  }))
  return {
    type: 'decisionTableNode',
    content: { hitPolicy: 'first', passThrough: true, inputs: named(inputs), outputs: named(outputs), rules },
  }
}
