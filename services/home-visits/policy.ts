import {
  choice,
  count,
  date,
  daysBetween,
  flag,
  grant,
  includes,
  keyed,
  list,
  max,
  policy,
  refuse,
} from '../../policy/door.ts'

const reason = choice('very_old', 'seriously_ill', 'limited_mobility', 'no_time')
const matter = choice(
  'card_new',
  'card_exchange',
  'card_replacement',
  'card_activation',
  'card_data',
  'benefit_authentication',
  'other_matter',
)

/** B4.10, B4.11: who is visited at home, what the visitors bring, and within how many working days. */
export const homeVisit = policy({
  id: 'home-visit',
  title: { zh: '上门服务', en: 'Service at home' },
  from: '2024-01-01',
  clause: 'B4.10',
  facts: {
    reason,
    matter,
    ageYears: count('year', { max: 150 }),
    needRecorded: flag(),
    evidenceShown: flag(),
    died: flag(),
  },
  values: {
    veryOldAgeYears: count('year', { max: 150 }),
    visitDays: keyed(reason, count('working_day', { max: 60 })),
    cardMakerMatters: list(matter),
    authenticatorMatters: list(matter),
  },
  results: {
    terminal: flag(),
    authenticator: flag(),
    cardMaker: flag(),
    withinWorkingDays: count('working_day', { max: 60 }),
  },
  decide(facts, values) {
    if (facts.died) return refuse('person_died', 'B4.10')
    if (facts.reason === 'very_old' && facts.ageYears < values.veryOldAgeYears) return refuse('not_very_old', 'B4.10')
    if (includes(['seriously_ill', 'limited_mobility'], facts.reason) && !facts.needRecorded && !facts.evidenceShown) {
      return refuse('need_not_shown', 'B4.10')
    }
    return grant(
      {
        terminal: true,
        authenticator: includes(values.authenticatorMatters, facts.matter),
        cardMaker: includes(values.cardMakerMatters, facts.matter),
        withinWorkingDays: values.visitDays[facts.reason],
      },
      'B4.11',
    )
  },
})

/** B4.10, B4-o2: may a team visit on that day? */
export const visitDay = policy({
  id: 'visit-day',
  title: { zh: '上门预约', en: 'Appointment of a visit' },
  from: '2024-01-01',
  clause: 'B4.10',
  facts: {
    today: date(),
    visitOn: date(),
    dueOn: date(),
    askedByPerson: flag(),
    visitsThatDay: count('visit', { max: 1000 }),
  },
  values: { visitsPerTeamDay: count('visit', { max: 1000 }) },
  results: { daysAhead: count('day') },
  decide(facts, values) {
    if (facts.visitOn < facts.today) return refuse('day_is_past', 'B4.10')
    if (facts.visitOn > facts.dueOn && !facts.askedByPerson) return refuse('later_than_term', 'B4.10')
    if (facts.visitsThatDay >= values.visitsPerTeamDay) return refuse('team_is_full', 'B4.10')
    return grant({ daysAhead: max(daysBetween(facts.today, facts.visitOn), 0) }, 'B4.10')
  },
})
