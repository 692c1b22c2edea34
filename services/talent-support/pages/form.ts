import type { StandingForm } from '../../../kit/door.ts'

/** What is asked of a talent of the zone. */
export const supportForm: StandingForm = {
  service: 'talent-support',
  flow: 'talent-support',
  fields: [
    { name: 'category', kind: 'choice', options: ['high_level', 'urgently_needed', 'other'], required: true },
    { name: 'worksInZone', kind: 'flag', required: true },
    { name: 'contractUntil', kind: 'date', required: true, ahead: true },
    { name: 'firstRank', kind: 'flag', required: true },
    { name: 'asksHousing', kind: 'flag', required: true },
    { name: 'asksMedical', kind: 'flag', required: true },
    { name: 'asksEducation', kind: 'flag', required: true },
  ],
}

/** The words of both portals' pages. */
export const supportTitle = { zh: '自贸试验区人才支持', en: 'Support for talents of the free-trade zone' }
