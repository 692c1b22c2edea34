import { type Field, flowPage } from '../../../kit/staff/door.ts'
import { campaignWords as words } from './words.ts'

const fields: readonly Field[] = [
  {
    name: 'kind',
    kind: 'choice',
    label: words.kind,
    required: true,
    options: (['live_stream', 'campus_stop', 'industry_chain'] as const).map((value) => ({
      value,
      label: words[value],
    })),
  },
  { name: 'name', kind: 'text', label: words.name, required: true },
  { name: 'ledBy', kind: 'text', label: words.ledBy },
  { name: 'on', kind: 'date', label: words.on, required: true },
]

/** Campaigns, and registering one. */
export const page = flowPage(
  'talent-campaign',
  {
    id: 'talent-campaigns',
    title: words.title,
    summary: words.summary,
    roles: ['accept', 'review', 'supervisor'],
    order: 65,
    path: '/talent-campaigns',
  },
  { opening: { roles: ['accept'], useFields: () => fields, toBody: (values) => values, step: 'plan' } },
)
