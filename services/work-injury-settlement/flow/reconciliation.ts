import { z } from 'zod'
import { defineFlow, stepsOf } from '../../../cases/door.ts'
import {
  asActor,
  BadInput,
  type Id,
  monthRange,
  Refusal,
  schemaFen,
  schemaId,
  systemActor,
  type Work,
} from '../../../ground/door.ts'
import { getInstitution } from '../../../people/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { listSettlements, owedFen } from '../settlements.ts'
import { getStayCase } from '../stay-places.ts'

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: 'a month YYYY-MM' })

const difference = z.strictObject({
  settlementNumber: z.string(),
  /** Null: that side does not have it. */
  agencyFen: schemaFen.nullable(),
  hospitalFen: schemaFen.nullable(),
  resolution: z.string().nullable(),
  /** Whose figure counts: the agency's, and the hospital puts its own right; or the hospital's, and the settlement is corrected or undone. */
  right: z.enum(['agency', 'hospital']).nullable().default(null),
})

type Difference = z.infer<typeof difference>

const resolved = z.strictObject({
  settlementNumber: z.string(),
  resolution: z.string(),
  right: z.enum(['agency', 'hospital']).default('agency'),
})

const ourItem = z.strictObject({ settlementNumber: z.string(), fundFen: schemaFen })

const reconciliationState = z.strictObject({
  institutionId: schemaId.nullable(),
  month: month.nullable(),
  items: z.array(ourItem),
  differences: z.array(difference),
})

type State = z.infer<typeof reconciliationState>
type Status = 'open' | 'differences' | 'matched' | 'agreed'

const step = stepsOf<State, Status>()

/** Monthly reconciliation with a hospital (对账): our list against theirs, every difference resolved before both agree. */
export function reconciliationFlow({ cases }: ServiceTools) {
  const open = step({
    title: { zh: '发起月度对账', en: 'Open the month' },
    opens: true,
    by: ['audit', 'system'],
    body: z.strictObject({ institutionId: schemaId, month }),
    record: z.strictObject({ institutionId: schemaId, month, items: z.array(ourItem) }),
    to: 'open',
    async take({ work, body }) {
      const institution = await getInstitution(work, body.institutionId)
      const items = await openItems(work, body.institutionId, body.month)
      if (items.length === 0) throw new Refusal('nothing_to_reconcile', { params: { month: body.month } })
      return {
        record: { ...body, items },
        subject: { institutionId: body.institutionId, agency: institution.region },
      }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  const submitList = step({
    title: { zh: '医院提交明细', en: "The hospital's list" },
    from: ['open', 'differences', 'matched'],
    by: ['hospital_office'],
    body: z.strictObject({ rows: z.array(ourItem).max(5_000) }),
    record: z.strictObject({ rowCount: z.int(), differences: z.array(difference) }),
    to: { differences: 'differences', matched: 'matched' },
    async take({ file, body }) {
      requireUnique(body.rows)
      const differences = compare(file.state.items, body.rows)
      return {
        outcome: differences.length > 0 ? 'differences' : 'matched',
        record: { rowCount: body.rows.length, differences },
      }
    },
    fold: (state, { body }) => ({ ...state, differences: body.differences }),
  })

  const resolve = step({
    title: { zh: '处理差异', en: 'Resolve a difference' },
    from: ['differences'],
    by: ['audit'],
    body: resolved.extend({ resolution: z.string().trim().min(2).max(300) }),
    record: resolved,
    to: { open: 'differences', all: 'matched' },
    async take({ work, file, body }) {
      const differing = file.state.differences.find(
        ({ settlementNumber }) => settlementNumber === body.settlementNumber,
      )
      if (!differing) {
        throw new BadInput([
          { path: 'settlementNumber', expected: 'a settlement that differs', found: body.settlementNumber },
        ])
      }
      if (body.right === 'hospital') await correctStay(work, file.number, differing, body.resolution)
      const left = file.state.differences.filter(
        ({ settlementNumber, resolution }) => resolution === null && settlementNumber !== body.settlementNumber,
      )
      return { outcome: left.length > 0 ? 'open' : 'all', record: body }
    },
    fold: (state, { body }) => ({
      ...state,
      differences: state.differences.map((item) =>
        item.settlementNumber === body.settlementNumber
          ? { ...item, resolution: body.resolution, right: body.right }
          : item,
      ),
    }),
  })

  const agree = step({
    title: { zh: '双方确认', en: 'Agree' },
    from: ['matched'],
    by: ['audit'],
    body: z.strictObject({}),
    record: z.strictObject({ reconciled: z.array(z.string()) }),
    to: 'agreed',
    async take({ work, file }) {
      // What differed at the amount stays out until it is corrected (undone and settled again); it comes in a later month.
      const held = new Set(
        file.state.differences
          .filter(({ agencyFen, hospitalFen, right }) => {
            return agencyFen !== hospitalFen && agencyFen !== null && right !== 'hospital'
          })
          .map(({ settlementNumber }) => settlementNumber),
      )
      const reconciled = file.state.items
        .map(({ settlementNumber }) => settlementNumber)
        .filter((number) => !held.has(number))
      const done: string[] = []
      await asActor(work, systemActor, async (system) => {
        for (const number of reconciled) if (await reconcileStay(system, number, file.number)) done.push(number)
      })
      return { record: { reconciled: done } }
    },
  })

  /** What the hospital has less of is corrected; what it has not, or has more of, is undone, to be settled again. Both name the settlement. */
  async function correctStay(
    work: Work,
    reconciliation: string,
    { settlementNumber, agencyFen, hospitalFen }: Difference,
    resolution: string,
  ): Promise<void> {
    // What only the hospital has, it settles.
    if (agencyFen === null) return
    const caseId = await getStayCase(work, settlementNumber)
    const { file } = await cases().get(work, caseId)
    const lessFen = agencyFen - (hospitalFen ?? 0)
    const reason = `${reconciliation}: ${resolution}`.slice(0, 300)
    const isPart = hospitalFen !== null && hospitalFen > 0 && lessFen > 0
    await cases().take(work, {
      caseId,
      step: isPart ? 'correct' : 'undo',
      expectedSeq: file.seq,
      idempotencyKey: `resolve:${reconciliation}:${settlementNumber}`,
      body: isPart ? { lessFen, reason } : { reason },
    })
  }

  async function reconcileStay(work: Work, settlementNumber: string, reconciliation: string): Promise<boolean> {
    const caseId = await getStayCase(work, settlementNumber)
    const { file } = await cases().get(work, caseId)
    if (file.status !== 'settled') return false
    await cases().take(work, {
      caseId,
      step: 'reconcile',
      expectedSeq: file.seq,
      idempotencyKey: `reconcile:${settlementNumber}`,
      body: { reconciliation },
    })
    return true
  }

  return defineFlow<State>({
    id: 'reconciliation',
    service: 'work-injury-settlement',
    version: 1,
    title: { zh: '医院月度对账', en: 'Monthly reconciliation with a hospital' },
    numberPrefix: 'DZ',
    state: reconciliationState,
    initial: { institutionId: null, month: null, items: [], differences: [] },
    statuses: {
      open: { title: { zh: '待医院提交', en: 'Waiting for the hospital' }, waitsFor: 'institution' },
      differences: { title: { zh: '有差异', en: 'Differences' }, task: { role: 'audit' } },
      matched: { title: { zh: '一致，待确认', en: 'Matched' }, task: { role: 'audit' } },
      agreed: { title: { zh: '已确认', en: 'Agreed' }, final: true },
    },
    steps: { open, submitList, resolve, agree },
    summary: ({ state }) => ({
      month: state.month,
      items: state.items.length,
      differences: state.differences.filter(({ resolution }) => resolution === null).length,
    }),
  })
}

/** Settlements of a hospital discharged in the month or before and not reconciled yet. */
async function openItems(work: Work, institutionId: Id, monthText: string): Promise<z.infer<typeof ourItem>[]> {
  const rows = await listSettlements(work, { side: 'host', institutionId, dischargedTo: monthRange(monthText).to })
  return rows
    .filter(({ state, reconciled_on }) => state === 'settled' && reconciled_on === null)
    .map((row) => ({ settlementNumber: row.number, fundFen: owedFen(row) }))
}

function requireUnique(rows: readonly z.infer<typeof ourItem>[]): void {
  const seen = new Set<string>()
  for (const [index, { settlementNumber }] of rows.entries()) {
    if (seen.has(settlementNumber)) {
      throw new BadInput([
        { path: `rows[${index}].settlementNumber`, expected: 'each settlement once', found: settlementNumber },
      ])
    }
    seen.add(settlementNumber)
  }
}

/** Every settlement that only one side has, or whose amounts differ. */
function compare(ours: readonly z.infer<typeof ourItem>[], theirs: readonly z.infer<typeof ourItem>[]): Difference[] {
  const our = new Map(ours.map(({ settlementNumber, fundFen }) => [settlementNumber, fundFen]))
  const their = new Map(theirs.map(({ settlementNumber, fundFen }) => [settlementNumber, fundFen]))
  return [...new Set([...our.keys(), ...their.keys()])]
    .map((settlementNumber) => ({
      settlementNumber,
      agencyFen: our.get(settlementNumber) ?? null,
      hospitalFen: their.get(settlementNumber) ?? null,
      resolution: null,
      right: null,
    }))
    .filter(({ agencyFen, hospitalFen }) => agencyFen !== hospitalFen)
}
