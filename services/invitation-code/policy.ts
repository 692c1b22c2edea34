import { addDays, choice, count, date, flag, grant, min, money, policy, refuse, rises } from '../../policy/door.ts'

/** M5.01: who may book an invitation code, and until when it is good. */
export const invitationCode = policy({
  id: 'invitation-code',
  title: { zh: '择业邀请码', en: 'Invitation code' },
  from: '2023-11-01',
  clause: 'M5.01',
  facts: {
    group: choice('graduate_of_this_year', 'hong_kong_macao_taiwan', 'returned_from_abroad', 'other'),
    studiesInCity: flag(),
    bookedOn: date(),
  },
  values: { validDays: count('day', { max: 400 }) },
  results: { until: date() },
  decide(facts, values) {
    if (facts.group === 'other') return refuse('group_not_invited', 'M5.01')
    if (facts.group === 'graduate_of_this_year' && facts.studiesInCity) return refuse('studies_in_the_city', 'M5.01')
    return grant({ until: addDays(facts.bookedOn, values.validDays) }, 'M5.01')
  },
})

/** M5.01: is the holder of a code let through a gate? Metro and bus as often as they like; each named place as often as the value says. */
export const invitationGate = policy({
  id: 'invitation-gate',
  title: { zh: '邀请码核验', en: 'Invitation code at a gate' },
  from: '2023-11-01',
  clause: 'M5.01',
  facts: {
    gate: choice('metro', 'bus', 'place'),
    placeNamed: flag(),
    entriesBefore: count('time', { max: 10_000 }),
    usedOn: date(),
    validFrom: date(),
    validTo: date(),
  },
  values: { entriesPerPlaceMax: count('time', { max: 100 }) },
  results: {},
  decide(facts, values) {
    if (facts.usedOn < facts.validFrom || facts.usedOn > facts.validTo) return refuse('code_not_valid_then', 'M5.01')
    if (facts.gate === 'place') {
      if (!facts.placeNamed) return refuse('place_not_named', 'M5.01')
      if (facts.entriesBefore >= values.entriesPerPlaceMax) return refuse('entries_used_up', 'M5.01')
    }
    return grant({}, 'M5.01')
  },
})

/** M5.01: what of the ticket to the city is paid back to the holder of a code. */
export const invitationTravel = policy({
  id: 'invitation-travel',
  title: { zh: '邀请码交通补贴', en: 'Travel subsidy of an invitation code' },
  from: '2023-11-01',
  clause: 'M5.01',
  facts: { hadCode: flag(), ticket: choice('air', 'rail', 'other'), priceFen: money({ max: 10_000_000 }) },
  values: { ticketMaxFen: money({ max: 10_000_000 }) },
  results: { subsidyFen: money() },
  total: 'subsidyFen',
  promises: [rises('subsidyFen', { with: 'priceFen' })],
  decide(facts, values) {
    if (!facts.hadCode) return refuse('no_code_then', 'M5.01')
    if (facts.ticket === 'other') return refuse('ticket_not_reimbursed', 'M5.01')
    return grant({ subsidyFen: min(facts.priceFen, values.ticketMaxFen) }, 'M5.01')
  },
})
