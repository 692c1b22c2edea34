import { z } from 'zod'
import type { BothLanguages } from '../../ground/door.ts'
import { bothFields, type List, rowFields, text } from './list.ts'

const kindField = z.enum([
  'person',
  'organisation',
  'staff',
  'authority',
  'national_channel',
  'local_channel',
  'field_channel',
])

const kinds: Record<z.infer<typeof kindField>, BothLanguages> = {
  person: { zh: '个人', en: 'person' },
  organisation: { zh: '单位', en: 'organisation' },
  staff: { zh: '工作人员', en: 'staff' },
  authority: { zh: '主管部门', en: 'authority' },
  national_channel: { zh: '全国渠道', en: 'national channel' },
  local_channel: { zh: '地方渠道', en: 'local channel' },
  field_channel: { zh: '现场渠道', en: 'channel in the field' },
}

const actorFields = z.strictObject({
  ...rowFields,
  kind: kindField,
  name: bothFields,
  /** The role under which the platform lets them act, where it has one. */
  role: text().exactOptional(),
})

/** Somebody who takes part, or a way to reach them (G6). */
export type Actor = z.infer<typeof actorFields>

/** Who takes part and by which channels: persons, organisations, staff, authorities (G6.01 to G6.04), channels (G6.05 to G6.07). */
export const actors: List<Actor> = {
  id: 'actors',
  title: { zh: '角色与渠道', en: 'Actors and channels' },
  schema: actorFields,
  tell: ({ kind, name, note }) => ({
    name,
    state: kinds[kind],
    notes: note ? [note] : [],
  }),
}
