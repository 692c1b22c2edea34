import { choice, count, flag, grant, policy, refer, refuse } from '../../policy/door.ts'

/** B2.05: is what a resident writes taken, and whose is it to answer? */
export const suggestionTaken = policy({
  id: 'suggestion-taken',
  title: { zh: '在线讨论与建议', en: 'Suggestions online' },
  from: '2024-12-30',
  clause: 'B2.05',
  facts: {
    topic: choice('policy', 'counter', 'online', 'card', 'staff', 'other'),
    letters: count('letter', { max: 10_000 }),
    openOfPerson: count('suggestion', { max: 10_000 }),
  },
  values: { lettersMin: count('letter', { max: 1_000 }), openMax: count('suggestion', { max: 1_000 }) },
  results: { mayBePublished: flag() },
  decide(facts, values) {
    if (facts.letters < values.lettersMin) return refuse('too_short', 'B2.05')
    if (facts.openOfPerson >= values.openMax) return refuse('too_many_open', 'B2.05')
    if (facts.topic === 'staff') return refer('about_staff', 'B2.05')
    return grant({ mayBePublished: true }, 'B2.05')
  },
})
