import { z } from 'zod'
import { actorPersonId, must, Refusal, schemaDate, schemaId, schemaInstant, schemaRegion } from '../../ground/door.ts'
import { sharedSourcesOf } from '../../people/door.ts'
import { type ServiceRoute, type ServiceTools, serviceRoute } from '../contract.ts'
import { comparisonFlowId, comparisonState } from './comparison.ts'
import { partnerRegions } from './consent.ts'
import { sharedKinds, sharingPurposes } from './messages-between.ts'
import { sharingTables } from './tables.ts'

/** What a consent chooses from, what was shared about a person and taken in, and the lines of a comparison. */
export function sharingRoutes(tools: ServiceTools): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/choices',
      title: { zh: '同意书选项', en: 'What a consent chooses from' },
      callers: ['person', 'accept'],
      answer: z.object({
        kinds: z.array(z.enum(sharedKinds)),
        purposes: z.array(z.enum(sharingPurposes)),
        regions: z.array(schemaRegion),
        monthsMax: z.int(),
      }),
      async handle(work) {
        const question = { on: work.today, insuredRegion: work.node.region }
        const { value } = await tools.rulebook.valueOf(work, 'consentMonthsMax', question)
        return {
          ...{ kinds: [...sharedKinds], purposes: [...sharingPurposes], regions: partnerRegions(work) },
          monthsMax: Number(value),
        }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/shared',
      title: { zh: '我的数据被谁取得、从哪里取得', en: 'What was told of me, and what was taken in from elsewhere' },
      callers: ['person'],
      answer: z.object({
        told: z.array(
          z.object({
            region: schemaRegion,
            question: z.string(),
            purpose: z.string(),
            kinds: z.array(z.string()),
            permission: z.string(),
            refused: z.string().nullable(),
            at: schemaInstant,
          }),
        ),
        taken: z.array(
          z.object({
            record: z.string(),
            reference: z.string(),
            region: schemaRegion,
            answer: z.string(),
            saidOn: schemaDate,
          }),
        ),
      }),
      async handle(work) {
        const personId = must(actorPersonId(work.actor), 'a person')
        const told = await sharingTables(work)
          .selectFrom('svc_data_sharing.told')
          .select(['region', 'question', 'purpose', 'kinds', 'permission', 'refused', 'at'])
          .where('person_id', '=', personId)
          .orderBy('seq', 'desc')
          .limit(200)
          .execute()
        const taken = await sharedSourcesOf(work, personId, 'self_service')
        return { told, taken: taken.toReversed().slice(0, 200) }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/comparisons/:caseId/lines',
      title: { zh: '比对结果', en: 'The lines of a comparison' },
      callers: ['accept', 'approve', 'audit'],
      params: z.object({ caseId: schemaId }),
      answer: z.object({ lines: z.array(z.object({ line: z.int(), matches: z.boolean() })) }),
      async handle(work, { params: { caseId } }) {
        const { file } = await tools.cases().get(work, caseId)
        if (file.flow !== comparisonFlowId) throw new Refusal('case_not_found')
        const { order, compared } = comparisonState.parse(file.state)
        if (!compared) throw new Refusal('not_compared_yet')
        if (order?.wants !== 'lines') throw new Refusal('only_count_asked')
        const rows = await sharingTables(work)
          .selectFrom('svc_data_sharing.comparison_line')
          .select(['line', 'matches'])
          .where('case_id', '=', caseId)
          .orderBy('line')
          .execute()
        return { lines: rows.map(({ line, matches }) => ({ line, matches: matches === true })) }
      },
    }),
  ]
}
