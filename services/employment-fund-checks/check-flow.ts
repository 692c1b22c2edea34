import { z } from 'zod'
import { ordersOf } from '../../benefits/door.ts'
import { defineFlow, stepsOf } from '../../cases/door.ts'
import { asActor, Refusal, randomOrder, schemaDate, schemaFen, schemaId, systemActor } from '../../ground/door.ts'
import type { ServiceTools } from '../contract.ts'
import { fund } from './payments.ts'

const drawn = z.strictObject({ no: z.int(), caseId: schemaId, caseNumber: z.string(), amountFen: schemaFen })
const finding = z.strictObject({
  no: z.int(),
  outcome: z.enum(['in_order', 'irregular']),
  note: z.string(),
  recoverFen: schemaFen,
})
const checkState = z.strictObject({
  from: schemaDate.nullable(),
  to: schemaDate.nullable(),
  payments: z.int(),
  lines: z.array(drawn),
  findings: z.array(finding),
})

type State = z.infer<typeof checkState>
type Status = 'checking' | 'closed'

const step = stepsOf<State, Status>()

/** A check of the employment special fund (C5.09): payments of a period are drawn at random, each is looked into, and what is to come back is told. */
export function checkFlow({ rulebook }: ServiceTools) {
  const draw = step({
    title: { zh: '随机抽取', en: 'Draw a sample' },
    opens: true,
    by: ['audit'],
    body: z.strictObject({ from: schemaDate, to: schemaDate }),
    record: checkState.pick({ payments: true, lines: true }).extend({ from: schemaDate, to: schemaDate }),
    to: 'checking',
    async take({ work, body: { from, to }, effectiveOn }) {
      const agency = work.actor.kind === 'staff' ? work.actor.agency : work.node.region
      const paid = await asActor(work, systemActor, (node) => ordersOf(node, { paidBy: { fund, agency, from, to } }))
      const facts = { payments: paid.length }
      const ruling = await rulebook.decide(work, {
        policy: 'fund-sample',
        on: effectiveOn,
        insuredRegion: agency,
        facts,
      })
      const { outcome, reason, because, results } = ruling.decision
      if (outcome !== 'granted') throw new Refusal(reason ?? 'nothing_paid_in_the_period', { clause: because })
      const lines = randomOrder(work.node.random, paid)
        .slice(0, z.int().parse(results.drawn?.value))
        .map((order, index) => ({
          no: index + 1,
          caseId: order.caseId,
          caseNumber: order.caseNumber,
          amountFen: order.amountFen,
        }))
      return { record: { from, to, payments: paid.length, lines }, subject: { agency } }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })
  const check = step({
    title: { zh: '登记检查结果', en: 'Record what was found' },
    from: ['checking'],
    by: ['audit'],
    body: finding.extend({ note: z.string().trim().min(1).max(500), recoverFen: schemaFen.default(0) }),
    record: finding,
    to: 'stay',
    async take({ file, body }) {
      const { lines, findings } = file.state
      const line = lines.find(({ no }) => no === body.no)
      if (!line || findings.some(({ no }) => no === body.no)) {
        throw new Refusal('line_unknown', { clause: 'C5.09', params: { no: body.no } })
      }
      const recoverFen = body.outcome === 'irregular' ? Math.min(body.recoverFen, line.amountFen) : 0
      return { record: { ...body, recoverFen } }
    },
    fold: (state, { body }) => ({ ...state, findings: [...state.findings, body] }),
  })
  const close = step({
    title: { zh: '办结', en: 'Close' },
    from: ['checking'],
    by: ['audit'],
    body: z.strictObject({}),
    record: z.strictObject({}),
    to: 'closed',
    async take({ file }) {
      const open = file.state.lines.length - file.state.findings.length
      if (open > 0) throw new Refusal('lines_not_checked', { clause: 'C5.09', params: { count: open } })
      return { record: {} }
    },
  })
  return defineFlow<State>({
    id: 'fund-check',
    service: 'employment-fund-checks',
    version: 1,
    title: { zh: '就业资金抽查', en: 'Check of the employment fund' },
    numberPrefix: 'ZJC',
    state: checkState,
    initial: { from: null, to: null, payments: 0, lines: [], findings: [] },
    statuses: {
      checking: { title: { zh: '检查中', en: 'Being checked' }, task: { role: 'audit' } },
      closed: { title: { zh: '已办结', en: 'Closed' }, final: true },
    },
    steps: { draw, check, close },
    summary: ({ state: { payments, lines, findings } }) => ({
      payments,
      drawn: lines.length,
      irregular: findings.filter(({ outcome }) => outcome === 'irregular').length,
      recoverFen: findings.reduce((sum, { recoverFen }) => sum + recoverFen, 0),
    }),
  })
}
