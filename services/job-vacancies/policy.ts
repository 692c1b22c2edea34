import { count, flag, grant, policy, refuse } from '../../policy/door.ts'

/** B1.05: which vacancies are shown to people who look for work: true ones of employers that exist, without words that shut people out, and not for ever. */
export const jobVacancies = policy({
  id: 'job-vacancies',
  title: { zh: '就业岗位信息发布', en: 'Publication of a vacancy' },
  from: '2024-01-01',
  clause: 'B1.05',
  facts: {
    employerActive: flag(),
    discriminates: flag(),
    openDays: count('day', { max: 3_650 }),
  },
  values: { openDaysMax: count('day', { max: 3_650 }) },
  results: {},
  decide(facts, values) {
    if (!facts.employerActive) return refuse('employer_not_active', 'HRM.24')
    if (facts.discriminates) return refuse('discriminating_words', 'HRM.24')
    if (facts.openDays > values.openDaysMax) return refuse('open_too_long', 'B1.05')
    return grant({}, 'B1.05')
  },
})
