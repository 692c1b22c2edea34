import { choice, count, flag, grant, policy, refuse } from '../../policy/door.ts'

/**
 * B1.08: who may register online for the urban-rural resident pension, at the place of their household, or as a flexible worker for the employees’ pension, wherever
 * they work. Whoever an employer insures, or who draws a pension, is not registered again; and nobody is twice.
 */
export const insuranceRegistration = policy({
  id: 'insurance-registration',
  title: { zh: '参保登记', en: 'Registration for pension insurance' },
  from: '2024-01-01',
  clause: 'B1.08',
  facts: {
    scheme: choice('resident', 'flexible'),
    ageYears: count('year', { max: 150 }),
    atSchool: flag(),
    householdHere: flag(),
    insuredByEmployer: flag(),
    registeredAlready: flag(),
    drawsPension: flag(),
  },
  values: {
    residentAgeYearsMin: count('year', { max: 100 }),
    flexibleAgeYearsMin: count('year', { max: 100 }),
  },
  results: { insurance: choice('resident_pension', 'pension') },
  decide(facts, values) {
    if (facts.registeredAlready) return refuse('registered_already', 'B1.08')
    if (facts.drawsPension) return refuse('draws_pension_already', 'B1.08')
    if (facts.insuredByEmployer) return refuse('insured_by_employer', 'SIL.10')
    if (facts.scheme === 'flexible') {
      if (facts.ageYears < values.flexibleAgeYearsMin) return refuse('below_working_age', 'LL.15')
      return grant({ insurance: 'pension' }, 'SIL.10')
    }
    if (facts.ageYears < values.residentAgeYearsMin) return refuse('below_insurance_age', 'GF8.3')
    if (facts.atSchool) return refuse('still_at_school', 'GF8.3')
    if (!facts.householdHere) return refuse('registers_at_household', 'GF8.3')
    return grant({ insurance: 'resident_pension' }, 'GF8.3')
  },
})
