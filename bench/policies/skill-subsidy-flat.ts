/**
 * The skill subsidy of Hebei (C3) with the certificates of a person counted instead of listed: eight bytes a person. It grants what the
 * service's own policy grants in all, and exists only to be measured beside it.
 */
import { choice, count, grant, max, min, money, policy, refuse } from '../../policy/door.ts'

const certificates = count('certificate', { max: 50 })
const amount = money({ max: 1_000_000 })

/** Certificates of one person and year by level; those of urgently needed occupations apart. */
export const skillSubsidyFlat = policy({
  id: 'skill-subsidy-flat',
  title: { zh: '技能提升补贴（按等级计数）', en: 'Skill subsidy, counted by level' },
  from: '2025-01-01',
  clause: 'C3.01',
  facts: {
    status: choice('employed', 'unemployment_benefit', 'other'),
    // Who has paid longer than twenty-one years is given as 255 months.
    monthsPaid: count('month', { max: 255 }),
    plainJunior: certificates,
    plainIntermediate: certificates,
    plainSenior: certificates,
    urgentJunior: certificates,
    urgentIntermediate: certificates,
    urgentSenior: certificates,
  },
  values: {
    monthsPaidMin: count('month', { max: 255 }),
    subsidiesMax: count('certificate', { max: 50 }),
    juniorFen: amount,
    intermediateFen: amount,
    seniorFen: amount,
  },
  results: { subsidyFen: money({ max: 150_000_000 }) },
  total: 'subsidyFen',
  decide(facts, values) {
    if (facts.status === 'other') return refuse('neither_employed_nor_on_benefit', 'C3.03')
    if (facts.monthsPaid < values.monthsPaidMin) return refuse('months_paid_below_minimum', 'C3.01')

    // Of the plain ones the best alone counts (C3.06); of all that count the best ones are paid.
    const plainSenior = min(facts.plainSenior, 1)
    const plainIntermediate = facts.plainSenior > 0 ? 0 : min(facts.plainIntermediate, 1)
    const plainJunior = facts.plainSenior + facts.plainIntermediate > 0 ? 0 : min(facts.plainJunior, 1)
    const senior = min(facts.urgentSenior + plainSenior, values.subsidiesMax)
    const intermediate = min(facts.urgentIntermediate + plainIntermediate, max(values.subsidiesMax - senior, 0))
    const junior = min(facts.urgentJunior + plainJunior, max(values.subsidiesMax - senior - intermediate, 0))
    if (senior + intermediate + junior === 0) return refuse('no_certificate_that_counts', 'C3.02')

    const subsidyFen = values.seniorFen * senior + values.intermediateFen * intermediate + values.juniorFen * junior
    return grant({ subsidyFen }, 'C3.04')
  },
})
