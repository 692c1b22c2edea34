import { choice, count, flag, grant, policy, refuse } from '../../policy/door.ts'

/**
 * C7.01: may somebody be registered as employed or as unemployed? Who works through a platform may, without a labour contract too; who works for
 * an employer is in the employer's records and not registered here.
 */
export const employmentRegistration = policy({
  id: 'employment-registration',
  title: { zh: '就业失业登记', en: 'Registration of employment and unemployment' },
  from: '2024-12-30',
  clause: 'C7.01',
  facts: {
    wanted: choice('employed', 'unemployed'),
    workForm: choice('platform', 'flexible', 'own_business', 'none'),
    hasBegun: flag(),
    employedByEmployer: flag(),
    ageYears: count('year', { max: 150 }),
  },
  values: { ageYearsMin: count('year', { max: 30 }) },
  results: { registered: choice('employed', 'unemployed') },
  decide(facts, values) {
    if (facts.ageYears < values.ageYearsMin) return refuse('below_working_age', 'LL.15')
    if (!facts.hasBegun) return refuse('not_begun_yet', 'C7.01')
    if (facts.employedByEmployer) return refuse('registered_by_employer', 'C7.01')
    if (facts.wanted === 'unemployed') {
      return facts.workForm === 'none' ? grant({ registered: 'unemployed' }, 'C7.01') : refuse('works_now', 'C7.01')
    }
    return facts.workForm === 'none' ? refuse('no_work_told', 'C7.01') : grant({ registered: 'employed' }, 'C7.01')
  },
})
