import { z } from 'zod'
import { asActor, must, systemActor, type Work } from '../../ground/door.ts'
import { type ServiceRoute, type ServiceTools, serviceRoute } from '../contract.ts'
import { type CampaignKind, campaignFlow } from './campaign.ts'

/** How many campaigns of a kind were reported in a year, and the sum of each figure by itself. */
export async function totals(
  work: Work,
  tools: ServiceTools,
  { kind, year }: { kind: CampaignKind; year: number },
): Promise<{ campaigns: number; figures: Record<string, number> }> {
  const flow = campaignFlow(tools)
  return asActor(work, systemActor, async (node) => {
    const rows = await tools.cases().find(node, { flow: flow.id, status: 'reported', limit: 10_000 })
    const ofYear = rows.filter(({ summary }) => summary.kind === kind && String(summary.on).startsWith(String(year)))
    const figures: Record<string, number> = {}
    for (const { caseId } of ofYear) {
      const { state } = await tools.cases().getOf(node, flow, caseId)
      for (const [name, value] of Object.entries(must(state.figures, 'figures of a reported campaign'))) {
        figures[name] = (figures[name] ?? 0) + value
      }
    }
    return { campaigns: ofYear.length, figures }
  })
}

/** Totals of the campaigns of a year by kind: views and CVs, agreements under discussion and signed, each apart. */
export function campaignRoutes(tools: ServiceTools): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/totals',
      title: { zh: '活动汇总', en: 'Totals of the campaigns of a kind in a year' },
      callers: ['public', 'signed_in'],
      query: z.object({
        kind: z.enum(['live_stream', 'campus_stop', 'industry_chain']),
        year: z.coerce.number().int().min(2020).max(2099),
      }),
      answer: z.object({ campaigns: z.int(), figures: z.record(z.string(), z.int()) }),
      handle: (work, { query }) => totals(work, tools, query),
    }),
  ]
}
