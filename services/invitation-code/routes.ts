import { z } from 'zod'
import { schemaDate } from '../../ground/door.ts'
import { type ServiceRoute, type ServiceTools, serviceRoute } from '../contract.ts'
import { useAtGate } from './codes.ts'

/** A code at a gate: of the metro, a bus, or a named place (M5.01). */
export function gateRoutes({ rulebook }: ServiceTools): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'POST',
      path: '/gate-uses',
      title: { zh: '核验并使用邀请码', en: 'Check a code at a gate and use it' },
      callers: ['accept', 'employer_officer'],
      body: z.strictObject({
        code: z.string().trim().toUpperCase().min(6).max(20),
        gate: z.enum(['metro', 'bus', 'place']),
        place: z.string().trim().min(2).max(60).optional().describe('which place; only where the gate is one'),
        placeNamed: z.boolean().default(false).describe('whether it is on the list of free places'),
      }),
      answer: z.object({ until: schemaDate.describe('the last day of the code') }),
      handle: (work, { body: { place, ...use } }) =>
        useAtGate(work, rulebook, { ...use, place: use.gate === 'place' ? (place ?? null) : null }),
    }),
  ]
}
