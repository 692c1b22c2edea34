import { addDays, count, date, flag, grant, policy, refuse } from '../../policy/door.ts'

/** A2.08: a worker on a building site is declared by name, at any hour of any day; from when is the worker covered? */
export const rosterDeclaration = policy({
  id: 'roster-declaration',
  title: { zh: '建筑项目用工实名申报', en: 'Real-name declaration of workers on a building site' },
  from: '2024-02-20',
  clause: 'A2.08',
  facts: { projectOpen: flag(), ageYears: count('year'), declaredOn: date() },
  values: { minimumAgeYears: count('year'), coverAfterDays: count('day') },
  results: { coveredFrom: date() },
  decide(facts, values) {
    if (!facts.projectOpen) return refuse('project_closed', 'A2.08')
    if (facts.ageYears < values.minimumAgeYears) return refuse('worker_under_age', 'LL.15')
    return grant({ coveredFrom: addDays(facts.declaredOn, values.coverAfterDays) }, 'A2.08')
  },
})
