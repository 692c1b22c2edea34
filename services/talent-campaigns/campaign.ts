import { z } from 'zod'
import { defineFlow, stepsOf } from '../../cases/door.ts'
import { BadInput, Refusal, schemaDate } from '../../ground/door.ts'
import type { ServiceTools } from '../contract.ts'

const number = z.int().min(0).max(1_000_000_000)

/** Figures of a campaign by its kind; each is kept apart, none is worked out of another (M5.03, M5.04). */
export const figuresOf = {
  live_stream: z.strictObject({ firms: number, posts: number, views: number, cvs: number }),
  campus_stop: z.strictObject({
    universities: number,
    cvs: number,
    intentions: number,
    intentionsMasterOrAbove: number,
    agreementsUnderDiscussion: number,
    agreementsSigned: number,
  }),
  industry_chain: z.strictObject({ postsOpen: number, postsFilled: number }),
} as const

/** What kind of campaign it is. */
export type CampaignKind = keyof typeof figuresOf

const kind = z.enum(['live_stream', 'campus_stop', 'industry_chain'])
const figures = z.record(z.string(), number)
const planned = z.strictObject({
  kind,
  name: z.string().trim().min(2).max(80),
  /** The city of a campus stop, the host of a stream, the leader of a chain (链长). */
  ledBy: z.string().trim().max(60).default(''),
  on: schemaDate,
})
const shortage = z.strictObject({ lacks: z.boolean(), reason: z.string().nullable(), because: z.string() })

const campaignState = z.strictObject({
  planned: planned.nullable(),
  figures: figures.nullable(),
  shortage: shortage.nullable(),
})

type State = z.infer<typeof campaignState>
type Status = 'planned' | 'reported'

const step = stepsOf<State, Status>()

/**
 * A live stream, a stop of the campus tour or a chain (M5.03-M5.05): planned, and its figures reported; what was reported wrongly is reported again,
 * the log keeps both. Of a chain the rule says whether it lacks people.
 */
export function campaignFlow({ rulebook }: ServiceTools) {
  const plan = step({
    title: { zh: '登记', en: 'Register' },
    opens: true,
    by: ['accept'],
    body: planned,
    record: planned,
    to: 'planned',
    async take({ work: { actor, node }, body }) {
      return { record: body, subject: { agency: actor.kind === 'staff' ? actor.agency : node.region } }
    },
    fold: (state, { body }) => ({ ...state, planned: body }),
  })
  const report = step({
    title: { zh: '填报数字', en: 'Report the figures' },
    from: ['planned', 'reported'],
    by: ['accept', 'review'],
    body: z.strictObject({ figures }),
    record: z.strictObject({ figures, shortage: shortage.nullable() }),
    to: 'reported',
    async take({ work, file, body, effectiveOn }) {
      const known = planned.parse(file.state.planned)
      if (effectiveOn < known.on) {
        throw new BadInput([{ path: 'effectiveOn', expected: `${known.on} or later`, found: effectiveOn }])
      }
      const told = readFigures(known.kind, body.figures)
      if (known.kind !== 'industry_chain') return { record: { figures: told, shortage: null } }
      const { decision } = await rulebook.decide(work, {
        policy: 'chain-shortage',
        on: effectiveOn,
        insuredRegion: file.agency,
        facts: { ...told, hasLeader: known.ledBy !== '' },
      })
      const { outcome, reason, because } = decision
      return { record: { figures: told, shortage: { lacks: outcome === 'granted', reason: reason ?? null, because } } }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })
  return defineFlow<State>({
    id: 'talent-campaign',
    service: 'talent-campaigns',
    version: 1,
    title: { zh: '招才引智活动', en: 'Talent campaign' },
    numberPrefix: 'ZCH',
    state: campaignState,
    initial: { planned: null, figures: null, shortage: null },
    statuses: {
      planned: { title: { zh: '已登记，待填报', en: 'Registered, to be reported' }, task: { role: 'accept' } },
      reported: { title: { zh: '已填报', en: 'Reported' } },
    },
    steps: { plan, report },
    summary: ({ state }) => ({
      kind: state.planned?.kind ?? null,
      name: state.planned?.name ?? null,
      on: state.planned?.on ?? null,
      lacks: state.shortage?.lacks ?? null,
    }),
  })
}

/** The figures of a kind. Refusals `figures_of_other_kind`, `part_above_whole`. */
function readFigures(of: CampaignKind, told: Record<string, number>): Record<string, number> {
  const read = figuresOf[of].safeParse(told)
  if (!read.success) throw new Refusal('figures_of_other_kind', { clause: 'M5.03' })
  if ((told.intentionsMasterOrAbove ?? 0) > (told.intentions ?? 0)) {
    throw new Refusal('part_above_whole', { clause: 'M5.04' })
  }
  return read.data
}
