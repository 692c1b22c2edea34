import { choice, count, flag, policy, refer, refuse } from '../../policy/door.ts'

/**
 * C6.04: may a needy migrant worker be paid urgent relief? The rule only turns away what it is not for; whether, and how much up to the limit, people
 * decide, within few working days.
 */
export const urgentRelief = policy({
  id: 'urgent-relief',
  title: { zh: '困难农民工临时救助', en: 'Urgent relief of needy migrant workers' },
  from: '2024-02-20',
  clause: 'C6.04',
  facts: {
    migrantWorker: flag(),
    cause: choice('accident', 'illness', 'disaster', 'job_loss', 'other_sudden', 'not_sudden'),
    reliefsThisYear: count('time', { max: 1_000 }),
  },
  values: { reliefsYearMax: count('time', { max: 20 }) },
  results: {},
  decide(facts, values) {
    if (!facts.migrantWorker) return refuse('not_a_migrant_worker', 'C6.04')
    if (facts.cause === 'not_sudden') return refuse('not_sudden_or_urgent', 'C6.04')
    if (facts.reliefsThisYear >= values.reliefsYearMax) return refuse('reliefs_of_the_year_used_up', 'C6.04')
    return refer('people_decide_on_need', 'C6.04')
  },
})
