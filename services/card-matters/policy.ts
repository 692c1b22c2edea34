import { choice, count, flag, grant, includes, list, policy, refuse } from '../../policy/door.ts'

const matter = choice(
  'new_card',
  'exchange',
  'replacement',
  'issue',
  'activation',
  'information_change',
  'open_financial',
)

/**
 * B4.06, B4.13: what a matter at the counter needs and what all is done in the one go; what stands against it. `card` is the holder's card in
 * force, `made` one that was made and is not in force yet.
 */
export const cardMatter = policy({
  id: 'card-matter',
  title: { zh: '社会保障卡柜面事项', en: 'A card matter at the counter' },
  from: '2024-01-01',
  clause: 'B4.06',
  facts: {
    matter,
    card: choice('none', 'active', 'lost'),
    made: choice('none', 'made', 'handed_over'),
    hasAccount: flag(),
    hasECard: flag(),
    holderDied: flag(),
    inPerson: flag(),
    proxyShown: flag(),
    instantIssue: flag(),
    blanks: count('card'),
  },
  values: {
    proxyMatters: list(matter),
    makingDays: count('working_day', { max: 60 }),
    instantDays: count('working_day', { max: 60 }),
  },
  results: {
    makesCard: flag(),
    reportsLoss: flag(),
    endsOldCard: flag(),
    renewsECard: flag(),
    immediate: flag(),
    withinWorkingDays: count('working_day', { max: 60 }),
  },
  decide(facts, values) {
    if (facts.holderDied) return refuse('holder_died', 'B4.06')
    if (!facts.inPerson && !includes(values.proxyMatters, facts.matter)) return refuse('holder_in_person', 'B4.06')
    if (!facts.inPerson && !facts.proxyShown) return refuse('proxy_documents_missing', 'B4.06')
    switch (facts.matter) {
      case 'issue': {
        if (facts.made !== 'made') return refuse('nothing_made', 'B4.06')
        return grant(
          {
            makesCard: false,
            reportsLoss: false,
            endsOldCard: false,
            renewsECard: false,
            immediate: true,
            withinWorkingDays: values.instantDays,
          },
          'B4.06',
        )
      }
      case 'activation': {
        if (facts.made !== 'handed_over') return refuse('nothing_to_activate', 'B4.06')
        return grant(
          {
            makesCard: false,
            reportsLoss: false,
            endsOldCard: false,
            renewsECard: false,
            immediate: true,
            withinWorkingDays: values.instantDays,
          },
          'B4.06',
        )
      }
      case 'information_change':
        return grant(
          {
            makesCard: false,
            reportsLoss: false,
            endsOldCard: false,
            renewsECard: false,
            immediate: true,
            withinWorkingDays: values.instantDays,
          },
          'B4.06',
        )
      case 'open_financial': {
        if (facts.card !== 'active') return refuse('no_active_card', 'B4.06')
        if (facts.hasAccount) return refuse('account_open_already', 'B4.06')
        return grant(
          {
            makesCard: false,
            reportsLoss: false,
            endsOldCard: false,
            renewsECard: false,
            immediate: true,
            withinWorkingDays: values.instantDays,
          },
          'B4.06',
        )
      }
    }
    if (facts.made !== 'none') return refuse('card_waiting', 'B4.06')
    if (facts.matter === 'new_card' && facts.card !== 'none') return refuse('card_in_force', 'B1.01')
    if (facts.matter !== 'new_card' && facts.card === 'none') return refuse('no_card', 'B4.06')
    if (facts.matter === 'exchange' && facts.card === 'lost') return refuse('lost_card_is_replaced', 'B4.06')
    const immediate = facts.instantIssue && facts.blanks > 0
    return grant(
      {
        makesCard: true,
        reportsLoss: facts.matter === 'replacement' && facts.card === 'active',
        endsOldCard: facts.matter !== 'new_card',
        renewsECard: facts.matter !== 'new_card' && facts.hasECard,
        immediate,
        withinWorkingDays: immediate ? values.instantDays : values.makingDays,
      },
      immediate ? 'B4.08' : 'B4.13',
    )
  },
})

/** B4.07: which class an outlet is of, and how many public services it may offer besides the card matters. */
export const outletClass = policy({
  id: 'outlet-class',
  title: { zh: '"社银合作"网点分类', en: 'Class of a cooperation outlet' },
  from: '2024-01-01',
  clause: 'B4.07',
  facts: {
    agreement: flag(),
    cardMakers: count('machine', { max: 100 }),
    fullTimeStaff: count('person', { max: 1000 }),
    selfServiceTerminals: count('machine', { max: 100 }),
  },
  values: {
    classAMakersMin: count('machine', { max: 100 }),
    classAStaffMin: count('person', { max: 1000 }),
    classATerminalsMin: count('machine', { max: 100 }),
    classAClasses: count('class', { max: 1000 }),
    classAItems: count('item', { max: 1000 }),
    cardItems: count('item', { max: 1000 }),
  },
  results: { classA: flag(), classes: count('class', { max: 1000 }), items: count('item', { max: 1000 }) },
  decide(facts, values) {
    if (!facts.agreement) return refuse('no_agreement', 'B4.07')
    const isOutfitted =
      facts.cardMakers >= values.classAMakersMin &&
      facts.fullTimeStaff >= values.classAStaffMin &&
      facts.selfServiceTerminals >= values.classATerminalsMin
    return isOutfitted
      ? grant({ classA: true, classes: values.classAClasses, items: values.classAItems }, 'B4.07')
      : grant({ classA: false, classes: 1, items: values.cardItems }, 'B4.06')
  },
})
