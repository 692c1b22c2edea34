import { addMonths, choice, count, date, flag, grant, policy, refer, refuse } from '../../policy/door.ts'

/** B3.01: may a matter of urban-rural resident pension be handled at a village counter for this person, and from when does it count? */
export const villageMatter = policy({
  id: 'village-matter',
  title: { zh: '村级平台高频事项', en: 'Matters of a village counter' },
  from: '2024-12-30',
  clause: 'B3.01',
  facts: {
    matter: choice(
      'registration',
      'level_change',
      'benefit_claim',
      'certification',
      'transfer',
      'cancellation',
      'statement',
    ),
    ageYears: count('year', { max: 130 }),
    deceased: flag(),
    insured: flag(),
    insuredAsEmployee: flag(),
    receiving: flag(),
    receivesOtherPension: flag(),
    monthsPaid: count('month'),
    acceptedOn: date(),
  },
  values: {
    insureAgeMin: count('year'),
    benefitAge: count('year'),
    benefitMonthsMin: count('month'),
    benefitAfterMonths: count('month', { max: 12 }),
  },
  results: { effectOn: date() },
  decide(facts, values) {
    if (facts.matter === 'cancellation') {
      if (!facts.insured && !facts.receiving) return refuse('not_insured', 'GF8.3')
      return grant({ effectOn: facts.acceptedOn }, 'B3.01')
    }
    if (facts.deceased) return refuse('person_deceased', 'B3.07')
    if (facts.matter === 'statement') return grant({ effectOn: facts.acceptedOn }, 'B3.01')
    if (facts.matter === 'registration') {
      if (facts.insured) return refuse('already_insured', 'B3.03')
      if (facts.ageYears < values.insureAgeMin) return refuse('under_insurance_age', 'GF8.3')
      if (facts.insuredAsEmployee) return refuse('insured_as_employee', 'GF8.3')
      return grant({ effectOn: facts.acceptedOn }, 'GF8.3')
    }
    if (facts.matter === 'certification') {
      if (!facts.receiving) return refuse('not_receiving', 'B3.01')
      return grant({ effectOn: facts.acceptedOn }, 'B3.01')
    }
    if (!facts.insured) return refuse('not_insured', 'GF8.3')
    if (facts.matter === 'benefit_claim') {
      if (facts.receiving) return refuse('already_receiving', 'GF8.6')
      if (facts.receivesOtherPension) return refuse('receives_other_pension', 'GF8.6')
      if (facts.ageYears < values.benefitAge) return refuse('under_benefit_age', 'GF8.6')
      if (facts.monthsPaid < values.benefitMonthsMin) return refer('months_short', 'GF8.6')
      return grant({ effectOn: addMonths(facts.acceptedOn, values.benefitAfterMonths) }, 'GF8.6')
    }
    if (facts.receiving) return refuse('already_receiving', 'GF8.6')
    return grant({ effectOn: facts.acceptedOn }, 'B3.01')
  },
})
