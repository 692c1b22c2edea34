/**
 * A second neutral example: booking a court of the made-up sports club. Its clauses are the articles of the club's made-up statutes.
 */
import {
  addDays,
  choice,
  count,
  date,
  daysBetween,
  everyOf,
  flag,
  grant,
  includes,
  list,
  max,
  money,
  optional,
  policy,
  rate,
  record,
  refer,
  refuse,
  share,
  someOf,
  text,
} from '../door.ts'

const court = choice('clay', 'grass', 'hall', 'centre')

/** Booking a court: dates, choices and a list of what is allowed. */
export const courtBooking = policy({
  id: 'court-booking',
  title: { zh: '场地预订', en: 'Court booking' },
  from: '2024-01-01',
  clause: 'S20',
  facts: {
    court,
    hours: count('hour', { max: 12 }),
    requestedOn: date(),
    playedOn: date(),
    bannedUntil: optional(date()),
    depositFen: money({ max: 1_000_000 }),
    memberNumber: text(),
    depositorNumber: text(),
    equipment: list(choice('balls', 'machine'), { max: 5 }),
    players: list(record({ age: count('age', { max: 120 }), guest: flag() }), { of: 'person', max: 20 }),
  },
  values: {
    openCourts: list(court),
    noticeDaysMin: count('day', { max: 366 }),
    hourlyFen: money({ max: 100_000 }),
    grassExtraFen: money({ max: 100_000 }),
    lateRate: rate(),
    adultAge: count('age', { max: 120 }),
    seasonEndsOn: date(),
    machineNeedsAdult: flag(),
  },
  results: { priceFen: money(), creditFen: money(), bindingFrom: date(), supervised: flag() },
  total: 'priceFen',
  decide(facts, values) {
    if (facts.bannedUntil !== null) {
      if (facts.playedOn <= facts.bannedUntil) return refuse('banned', 'S21')
    } else if (facts.playedOn > values.seasonEndsOn) {
      return refuse('season_over', 'S22')
    }
    if (!includes(values.openCourts, facts.court)) return refuse('court_closed', 'S23')

    const withAdult = someOf(facts.players, (player) => player.age >= values.adultAge && !player.guest)
    const withMachine = someOf(facts.equipment, (piece) => piece === 'machine')
    if (withMachine && values.machineNeedsAdult && !withAdult) return refuse('machine_needs_adult', 'S24')
    if (everyOf(facts.players, (player) => player.guest))
      return refer('guests_only', facts.court === 'hall' ? 'S25' : 'S26')

    const noticeDays = max(daysBetween(facts.requestedOn, facts.playedOn), 0)
    const isLate = noticeDays < values.noticeDaysMin || facts.requestedOn === facts.playedOn
    const hireFen = values.hourlyFen * facts.hours
    const lateFen = isLate ? share(hireFen, values.lateRate, 'up') : 0
    const bindingFrom = max(addDays(facts.playedOn, 1), facts.requestedOn)
    switch (facts.court) {
      case 'grass': {
        const priceFen = hireFen + lateFen + values.grassExtraFen
        return grant({ priceFen, bindingFrom, supervised: withAdult }, 'S27')
      }
      case 'clay':
      case 'hall':
        return grant({ priceFen: hireFen + lateFen, bindingFrom, supervised: withAdult }, 'S28')
    }
    if (facts.memberNumber !== facts.depositorNumber) return refuse('deposit_of_another', 'S29')
    return facts.depositFen >= hireFen
      ? grant({ priceFen: hireFen, creditFen: facts.depositFen - hireFen, bindingFrom }, 'S29')
      : refuse('deposit_too_small', 'S29')
  },
})
