import { z } from 'zod'
import type { BothLanguages } from '../../ground/door.ts'
import { bothFields, dayField, type List, rowFields } from '../lists/list.ts'

const stateField = z.enum(['continued', 'changed', 'running', 'planned', 'reserve', 'released'])

const states: Record<z.infer<typeof stateField>, BothLanguages> = {
  continued: { zh: '延续实施', en: 'continued' },
  changed: { zh: '调整后实施', en: 'changed' },
  running: { zh: '正在实施', en: 'carried out' },
  planned: { zh: '下一步', en: 'next' },
  reserve: { zh: '政策储备', en: 'in reserve' },
  released: { zh: '已从储备中推出', en: 'released from reserve' },
}

const policyItemFields = z
  .strictObject({
    ...rowFields,
    name: bothFields,
    field: z.enum(['hiring', 'retention', 'skills', 'entrepreneurship', 'youth', 'protection', 'market']),
    state: stateField,
    releasedOn: dayField.exactOptional(),
    /** The requirement of the service by which it is paid or done, where one is. */
    carriedOutBy: z.string().exactOptional(),
  })
  .refine(({ state, releasedOn }) => (state === 'released') === (releasedOn !== undefined), {
    path: ['releasedOn'],
    error: '推出的政策才有日期 / the day, only of one that is released',
  })

/** An item of a policy toolbox (C10.01): continued, changed, carried out, or a draft in reserve (C10.07). */
export type PolicyItem = z.infer<typeof policyItemFields>

/** Policy items. One in reserve is a draft: it counts from the day on which another officer released it. */
export const policyItems: List<PolicyItem> = {
  id: 'policy-items',
  title: { zh: '政策工具箱', en: 'Policy toolbox' },
  schema: policyItemFields,
  tell: ({ name, state, releasedOn, note }) => ({
    name,
    state: states[state],
    notes: [
      ...(releasedOn ? [{ zh: `推出日期 ${releasedOn}`, en: `released on ${releasedOn}` }] : []),
      ...(note ? [note] : []),
    ],
  }),
  step: {
    title: { zh: '推出', en: 'Release' },
    mark: 'releasedOn',
    isNext: ({ state }) => state === 'reserve',
    taken: (item, on) => ({ ...item, state: 'released', releasedOn: on }),
  },
}

/** True when an item is in force on a day: never while it is in reserve or planned, and on no day before its release. */
export function isPolicyItemActive({ state, releasedOn }: PolicyItem, on: string): boolean {
  if (state === 'reserve' || state === 'planned') return false
  return releasedOn === undefined || releasedOn <= on
}
