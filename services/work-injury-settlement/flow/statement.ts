import { z } from 'zod'
import { defineFlow, stepsOf } from '../../../cases/door.ts'
import { sendMessage } from '../../../exchange/door.ts'
import { Refusal, schemaRegion, type Work } from '../../../ground/door.ts'
import { clearingStatementMessage, messageKinds } from '../messages-between.ts'
import { serviceTables } from '../tables.ts'

const side = z.enum(['creditor', 'debtor'])

const pair = z.strictObject({ quarter: z.string(), treatmentRegion: schemaRegion, insuredRegion: schemaRegion })

const item = clearingStatementMessage.shape.items.element

const difference = z.strictObject({
  settlementNumber: z.string(),
  creditorFen: z.int(),
  debtorFen: z.int().nullable(),
})

const collected = z.strictObject({
  reportedBy: z.array(side),
  items: z.array(item),
  differences: z.array(difference),
  owedFen: z.int(),
})

const statementState = z.strictObject({ pair: pair.nullable(), ...collected.shape })

type State = z.infer<typeof statementState>
type Status = 'collecting' | 'ready' | 'issued'

const step = stepsOf<State, Status>()

/**
 * The hub's statement of a quarter between a treatment and an insured region: both sides' reports matched item by item. What differs is held
 * back and told; what only the debtor has is not due yet. The hub states who owes whom and holds no money.
 */
export function statementFlow() {
  const open = step({
    title: { zh: '收到季度报告', en: 'A report of the quarter came' },
    opens: true,
    by: ['system'],
    body: pair,
    record: pair,
    to: 'collecting',
    take: async ({ body, work }) => ({ record: body, subject: { agency: work.node.region } }),
    fold: (state, { body }) => ({ ...state, pair: body }),
  })

  const collect = step({
    title: { zh: '双方核对', en: 'Match the two sides' },
    from: ['collecting', 'ready'],
    by: ['system'],
    body: z.strictObject({ side }),
    record: collected,
    to: { waiting: 'collecting', both: 'ready' },
    async take({ work, file, body }) {
      const reportedBy = [...new Set([...file.state.reportedBy, body.side])]
      const matched = await matchItems(work, pair.parse(file.state.pair))
      return { outcome: reportedBy.length === 2 ? 'both' : 'waiting', record: { reportedBy, ...matched } }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  const issue = step({
    title: { zh: '出具清算通知', en: 'Issue the statement' },
    from: ['ready'],
    by: ['hub_clerk'],
    body: z.strictObject({}),
    record: clearingStatementMessage,
    to: 'issued',
    async take({ work, file }) {
      const { items, owedFen } = file.state
      if (items.length === 0) throw new Refusal('nothing_to_clear')
      const place = pair.parse(file.state.pair)
      const record = {
        statementNumber: file.number,
        ...place,
        owedFen,
        oppositeFen: await oppositeFen(work, place),
        items,
      }
      for (const to of [place.insuredRegion, place.treatmentRegion]) {
        await sendMessage(work, {
          to,
          kind: messageKinds.clearingStatement,
          version: 1,
          about: file.number,
          body: record,
        })
      }
      await work.reach('hub.statement.told')
      return { record }
    },
  })

  return defineFlow<State>({
    id: 'statement',
    service: 'work-injury-settlement',
    version: 1,
    title: { zh: '季度清算通知', en: 'Quarterly clearing statement' },
    numberPrefix: 'QS',
    state: statementState,
    initial: { pair: null, reportedBy: [], items: [], differences: [], owedFen: 0 },
    statuses: {
      collecting: { title: { zh: '待双方报告', en: 'Waiting for both reports' }, waitsFor: 'partner' },
      ready: { title: { zh: '待出具', en: 'Ready to issue' }, task: { role: 'hub_clerk' } },
      issued: { title: { zh: '已出具', en: 'Issued' }, final: true },
    },
    steps: { open, collect, issue },
    summary: ({ state }) => ({
      quarter: state.pair?.quarter ?? null,
      treatmentRegion: state.pair?.treatmentRegion ?? null,
      insuredRegion: state.pair?.insuredRegion ?? null,
      owedFen: state.owedFen,
      differences: state.differences.length,
    }),
  })
}

type Pair = z.infer<typeof pair>

async function matchItems(work: Work, place: Pair): Promise<Pick<State, 'items' | 'differences' | 'owedFen'>> {
  const rows = await reportedItems(work, place)
  const items: State['items'] = []
  const differences: State['differences'] = []
  for (const row of rows) {
    if (row.creditor_fen === null) continue
    if (row.creditor_fen === row.debtor_fen) {
      items.push({ settlementNumber: row.settlement_number, revision: row.revision, owedFen: row.creditor_fen })
    } else {
      differences.push({
        settlementNumber: row.settlement_number,
        creditorFen: row.creditor_fen,
        debtorFen: row.debtor_fen,
      })
    }
  }
  return { items, differences, owedFen: items.reduce((sum, { owedFen }) => sum + owedFen, 0) }
}

function reportedItems(work: Work, { quarter, treatmentRegion, insuredRegion }: Pair) {
  return serviceTables(work)
    .selectFrom('svc_work_injury_settlement.reported_item')
    .selectAll()
    .where('quarter', '=', quarter)
    .where('treatment_region', '=', treatmentRegion)
    .where('insured_region', '=', insuredRegion)
    .orderBy('settlement_number')
    .execute()
}

/** What the other direction of the same quarter comes to so far; information only. */
async function oppositeFen(work: Work, { quarter, treatmentRegion, insuredRegion }: Pair): Promise<number> {
  const opposite = { quarter, treatmentRegion: insuredRegion, insuredRegion: treatmentRegion }
  return (await matchItems(work, opposite)).owedFen
}
