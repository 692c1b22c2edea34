import { z } from 'zod'
import type { Benefit } from '../../benefits/door.ts'
import { asActor, schemaDate, schemaFen, systemActor } from '../../ground/door.ts'
import { getPerson } from '../../people/door.ts'
import { codesOn } from './codes.ts'

const tickets = ['air', 'rail', 'other'] as const

/** The travel subsidy (M5.01): the ticket of somebody who held a code on the day they came. Once for a code's holder in a year. */
export const travelBenefit: Benefit = {
  id: 'invitation-travel',
  service: 'invitation-code',
  version: 1,
  title: { zh: '邀请码交通补贴', en: 'Travel subsidy' },
  numberPrefix: 'JB',
  policy: 'invitation-travel',
  applicant: 'person',
  asksConcern: true,
  fields: [
    { name: 'ticket', kind: 'choice', options: tickets, required: true },
    { name: 'priceFen', kind: 'money', required: true },
    { name: 'travelledOn', kind: 'date', required: true },
    { name: 'ticketNumber', kind: 'text', required: true },
  ],
  answers: z.strictObject({
    ticket: z.enum(tickets),
    priceFen: schemaFen.max(10_000_000),
    travelledOn: schemaDate,
    ticketNumber: z.string().trim().min(4).max(40),
  }),
  factsOf: ({ ticket, priceFen }) => ({ ticket, priceFen }),
  async gather(work, { id }, { on, answers: { travelledOn } }) {
    const day = typeof travelledOn === 'string' ? travelledOn : on
    return { facts: { hadCode: (await codesOn(work, id, day)).length > 0 }, sources: { hadCode: 'invitation_codes' } }
  },
  agencyOf: async (work, { id }) =>
    (await asActor(work, systemActor, (node) => getPerson(node, id, 'travel subsidy'))).agency,
  occasionOf: (_, appliedOn) => appliedOn.slice(0, 4),
  money: {
    fund: 'talent_special',
    expense: {
      name: 'invitation_travel_expense',
      title: { zh: '邀请码交通补贴支出', en: 'Invitation travel expense' },
    },
  },
}
