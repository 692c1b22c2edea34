import { addDays, choice, count, date, flag, grant, optional, policy, refuse } from '../../policy/door.ts'

/** B2.03: may a region be told what it asks about a person? By the person's consent, or by a legal basis that needs none (B2-o1, assumed). */
export const sharingAnswer = policy({
  id: 'sharing-answer',
  title: { zh: '数据共享答复', en: 'Answering another region' },
  from: '2024-12-30',
  clause: 'B2.03',
  facts: {
    permission: choice('consent', 'basis'),
    basisListed: flag(),
    consentWithdrawn: flag(),
    kindsCovered: flag(),
    purposeFits: flag(),
    consentUntil: optional(date()),
    askedOn: date(),
  },
  values: { answerValidDays: count('day') },
  results: { usableUntil: date() },
  decide(facts, values) {
    if (facts.permission === 'basis') {
      if (!facts.basisListed) return refuse('basis_not_listed', 'B2.03')
      return grant({ usableUntil: addDays(facts.askedOn, values.answerValidDays) }, 'B2.03')
    }
    if (facts.consentWithdrawn) return refuse('consent_withdrawn', 'PIPL.15')
    if (!facts.purposeFits) return refuse('purpose_not_consented', 'PIPL.14')
    if (!facts.kindsCovered) return refuse('kinds_not_consented', 'PIPL.14')
    if (facts.consentUntil === null || facts.consentUntil < facts.askedOn) return refuse('consent_over', 'PIPL.14')
    return grant({ usableUntil: addDays(facts.askedOn, values.answerValidDays) }, 'B2.03')
  },
})

/** B2.03: may a list of another department be compared? */
export const sharingComparison = policy({
  id: 'sharing-comparison',
  title: { zh: '批量数据比对', en: 'Comparison of a list' },
  from: '2024-12-30',
  clause: 'B2.03',
  facts: {
    basisListed: flag(),
    lines: count('line', { max: 1_000_000 }),
    matches: count('person', { max: 1_000_000 }),
  },
  values: {
    comparisonLinesMax: count('line', { max: 1_000_000 }),
    smallestCountShown: count('person', { max: 1_000 }),
  },
  results: { countShown: flag() },
  decide(facts, values) {
    if (!facts.basisListed) return refuse('basis_not_listed', 'B2.03')
    if (facts.lines > values.comparisonLinesMax) return refuse('list_too_long', 'B2.03')
    return grant({ countShown: facts.matches === 0 || facts.matches >= values.smallestCountShown }, 'B2.03')
  },
})
