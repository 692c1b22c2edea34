import * as z from 'zod/mini'
import { type CasePartProps, commonWords, useSpeech, useTeller } from '../../../kit/door.ts'
import { FactList, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'
import { figureNames, campaignWords as words } from './words.ts'

const state = z.object({
  planned: z.nullable(
    z.object({ kind: z.enum(['live_stream', 'campus_stop', 'industry_chain']), name: z.string(), ledBy: z.string() }),
  ),
  figures: z.nullable(z.record(z.string(), z.number())),
  shortage: z.nullable(z.object({ lacks: z.boolean(), reason: z.nullable(z.string()) })),
})

/** A campaign on its case page: its figures, each apart, and the form that reports them. */
export const casePart: StaffCasePart = {
  flow: 'talent-campaign',
  Facts: CampaignFacts,
  stepForms: {
    report: stepForm({
      fields: ({ file }) => {
        const { data } = state.safeParse(file.state)
        return figureNames[data?.planned?.kind ?? 'live_stream'].map((name) => ({
          name,
          kind: 'count',
          label: words[name],
          required: true,
        }))
      },
      initial: ({ file }) => state.safeParse(file.state).data?.figures ?? {},
      toBody: (values) => ({ figures: values }),
    }),
  },
}

function CampaignFacts({ view }: CasePartProps) {
  const { say } = useSpeech()
  const { tell } = useTeller('talent-campaigns')
  const { data } = state.safeParse(view.file.state)
  if (!data?.planned) return null
  const { planned, figures, shortage } = data
  const lacks = shortage && (shortage.reason ? tell(`reasons.${shortage.reason}`) : say(commonWords.yes))
  return (
    <FactList
      facts={[
        { label: say(words.kind), value: say(words[planned.kind]) },
        { label: say(words.name), value: planned.name },
        { label: say(words.ledBy), value: planned.ledBy },
        ...figureNames[planned.kind].map((name) => ({ label: say(words[name]), value: figures?.[name] })),
        { label: say(words.shortage), value: lacks },
      ]}
    />
  )
}
