import { choice, count, date, flag, grant, monthsBetween, policy, refer, refuse } from '../../policy/door.ts'

/**
 * M6.01, M6.02: high-level and urgently needed people who work in the zone for long are supported in housing, medical care and their children's
 * education; those of the first rank who can lead an industry are decided case by case, by people.
 */
export const talentSupport = policy({
  id: 'talent-support',
  title: { zh: '自贸试验区人才支持', en: 'Support for talents of the free-trade zone' },
  from: '2023-11-01',
  clause: 'M6.01',
  facts: {
    category: choice('high_level', 'urgently_needed', 'other'),
    worksInZone: flag(),
    appliedOn: date(),
    contractUntil: date(),
    firstRank: flag(),
    asksHousing: flag(),
    asksMedical: flag(),
    asksEducation: flag(),
  },
  values: { contractMonthsMin: count('month', { max: 600 }) },
  results: { housing: flag(), medical: flag(), education: flag(), until: date() },
  decide(facts, values) {
    if (!facts.worksInZone) return refuse('works_outside_zone', 'M6.01')
    if (facts.category === 'other') return refuse('category_not_supported', 'M6.01')
    if (monthsBetween(facts.appliedOn, facts.contractUntil) < values.contractMonthsMin) {
      return refuse('not_long_term', 'M6.01')
    }
    if (!facts.asksHousing && !facts.asksMedical && !facts.asksEducation) return refuse('nothing_asked', 'M6.01')
    if (facts.firstRank) return refer('decided_case_by_case', 'M6.02')
    return grant(
      {
        housing: facts.asksHousing,
        medical: facts.asksMedical,
        education: facts.asksEducation,
        until: facts.contractUntil,
      },
      'M6.01',
    )
  },
})

/** M6.02: what the votes of a panel come to. */
export const talentPanel = policy({
  id: 'talent-panel',
  title: { zh: '一事一议表决', en: 'Case by case: the vote of a panel' },
  from: '2023-11-01',
  clause: 'M6.02',
  facts: {
    favour: count('person', { max: 99 }),
    against: count('person', { max: 99 }),
    abstained: count('person', { max: 99 }),
  },
  values: { votesMin: count('person', { max: 99 }) },
  results: { passed: flag() },
  decide(facts, values) {
    if (facts.favour + facts.against + facts.abstained < values.votesMin) return refuse('votes_missing', 'M6.02')
    if (facts.favour <= facts.against) return refuse('majority_missing', 'M6.02')
    return grant({ passed: true }, 'M6.02')
  },
})
