import { choice, flag, grant, keyed, money, policy, refer, refuse } from '../../policy/door.ts'

/** C7.03: is training in a new occupation subsidised? What is not on the list of the text is referred to the catalogue. */
export const occupationTrainingSubsidy = policy({
  id: 'occupation-training-subsidy',
  title: { zh: '新职业培训补贴', en: 'Training subsidy for new occupations' },
  from: '2024-12-30',
  clause: 'C7.03',
  facts: {
    occupation: choice(
      'courier',
      'video_creator',
      'online_entrepreneurship',
      'online_marketing',
      'live_stream_seller',
      'not_listed',
    ),
    completed: flag(),
    certified: flag(),
  },
  values: {
    amountByOccupationFen: keyed(
      choice('courier', 'video_creator', 'online_entrepreneurship', 'online_marketing', 'live_stream_seller'),
      money({ max: 10_000_00 }),
    ),
  },
  results: { subsidyFen: money() },
  total: 'subsidyFen',
  decide(facts, values) {
    if (facts.occupation === 'not_listed') return refer('occupation_not_listed', 'C7.03')
    if (!facts.completed) return refuse('training_not_completed', 'C7.03')
    if (!facts.certified) return refuse('no_training_certificate', 'C7.03')
    return grant({ subsidyFen: values.amountByOccupationFen[facts.occupation] }, 'C7.03')
  },
})
