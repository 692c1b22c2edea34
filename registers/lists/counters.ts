import { z } from 'zod'
import { bothFields, type List, rowFields, text } from './list.ts'

const counterFields = z.strictObject({
  ...rowFields,
  name: bothFields,
  address: bothFields,
  /** When somebody is there, in the words of the notice at the door. */
  hours: bothFields,
  phone: text().exactOptional(),
})

/** A service counter that people can go to; `region` is that of its agency. */
export type ServiceCounter = z.infer<typeof counterFields>

/** Where to find a person: the service counters of a region, with address and hours. */
export const counters: List<ServiceCounter> = {
  id: 'counters',
  title: { zh: '服务窗口', en: 'Service counters' },
  schema: counterFields,
  tell: ({ name, address, hours, note }) => ({
    name,
    state: null,
    notes: [address, hours, note].filter((each) => each !== undefined),
  }),
}
