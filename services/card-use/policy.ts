import { choice, count, flag, grant, includes, keyed, list, money, policy, refuse } from '../../policy/door.ts'

const kind = choice(
  'ticket',
  'entry',
  'fare',
  'registration',
  'visit',
  'medicine',
  'identification',
  'benefit_lookup',
  'purchase',
  'bill',
)
const authentication = choice('none', 'pin', 'face')

/**
 * B1.06, B1-o3: is a card or an e-card accepted at a terminal, and may this be paid with it? `cardState` is how the card stood when it was
 * presented, which for a terminal without connection is earlier than now.
 */
export const cardUse = policy({
  id: 'card-use',
  title: { zh: '社会保障卡用卡与支付', en: 'Use of the card, and paying with it' },
  from: '2024-01-01',
  clause: 'B4.01',
  facts: {
    kind,
    cardState: choice('active', 'lost', 'replaced', 'cancelled', 'not_issued'),
    authentication,
    offline: flag(),
    uploadedAfterDays: count('day', { max: 10_000 }),
    amountFen: money({ max: 100_000_000 }),
    paidThatDayFen: money({ max: 10_000_000_000 }),
    balanceFen: money({ max: 10_000_000_000 }),
  },
  values: {
    authenticatedKinds: list(kind),
    offlineKinds: list(kind),
    offlineMaxFen: money({ max: 100_000_000 }),
    uploadDaysMax: count('day', { max: 10_000 }),
    transactionMaxFen: keyed(authentication, money({ max: 100_000_000 })),
    dayMaxFen: money({ max: 100_000_000 }),
  },
  results: { takenFen: money({ max: 100_000_000 }) },
  decide(facts, values) {
    if (facts.cardState === 'lost') return refuse('card_lost_then', 'B1.01')
    if (facts.cardState !== 'active') return refuse('card_not_good', 'B1.01')
    if (facts.offline) {
      if (!includes(values.offlineKinds, facts.kind)) return refuse('online_only', 'B1.06')
      if (facts.uploadedAfterDays > values.uploadDaysMax) return refuse('uploaded_too_late', 'B4.03')
      if (facts.amountFen > values.offlineMaxFen) return refuse('over_offline_limit', 'B1.06')
    }
    if (includes(values.authenticatedKinds, facts.kind) && facts.authentication === 'none') {
      return refuse('authentication_needed', 'B1.06')
    }
    if (facts.amountFen === 0) return grant({ takenFen: 0 }, 'B4.01')
    if (facts.amountFen > values.transactionMaxFen[facts.authentication])
      return refuse('over_transaction_limit', 'B1.06')
    if (facts.paidThatDayFen + facts.amountFen > values.dayMaxFen) return refuse('over_day_limit', 'B1.06')
    if (facts.amountFen > facts.balanceFen) return refuse('balance_too_low', 'B1.06')
    return grant({ takenFen: facts.amountFen }, 'B1.06')
  },
})

/** B1.06, B1-o3: how much may be put on the small purse of a card. */
export const purseLoad = policy({
  id: 'purse-load',
  title: { zh: '卡钱包圈存', en: 'Loading the purse of a card' },
  from: '2024-01-01',
  clause: 'B1.06',
  facts: {
    cardActive: flag(),
    hasAccount: flag(),
    amountFen: money({ min: 1, max: 100_000_000 }),
    balanceFen: money({ max: 10_000_000_000 }),
  },
  values: { purseMaxFen: money({ max: 100_000_000 }) },
  results: { loadedFen: money({ max: 100_000_000 }) },
  decide(facts, values) {
    if (!facts.cardActive) return refuse('card_not_good', 'B1.01')
    if (!facts.hasAccount) return refuse('no_account_behind_card', 'B1.06')
    if (facts.balanceFen + facts.amountFen > values.purseMaxFen) return refuse('over_purse_limit', 'B1.06')
    return grant({ loadedFen: facts.amountFen }, 'B1.06')
  },
})
