import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { type CaseFlow, defineFlow, stepsOf, withdrawalStep } from '../../cases/door.ts'
import { asActor, BadInput, must, type PlainDate, Refusal, systemActor, type Work } from '../../ground/door.ts'
import { findPersonByDigest, identityDigest, schemaIdNumber } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { basisCovers } from './handlers.ts'
import { legalBases, type SharedKind } from './messages-between.ts'
import { countsOf, factsHeld } from './shared-facts.ts'
import { sharingTables } from './tables.ts'

/** The flow of comparisons. */
export const comparisonFlowId = 'data-comparison'

/** What a list may be held against: who draws a benefit, who works, who has died. */
export const comparedKinds = ['benefits', 'employments', 'death'] as const satisfies readonly SharedKind[]

const order = z.strictObject({
  department: z.string().trim().min(2).max(100),
  /** The number of the department's letter. */
  letter: z.string().trim().min(1).max(60),
  basis: z.enum(legalBases),
  kind: z.enum(comparedKinds),
  /** Each line's answer, or only how many. */
  wants: z.enum(['lines', 'count']),
})
const result = z.strictObject({ matches: z.int().min(0).nullable() })
/** What a comparison has come to. */
export const comparisonState = z.strictObject({
  order: order.nullable(),
  lines: z.int().min(0),
  compared: z.boolean(),
  matches: z.int().min(0).nullable(),
})

type State = z.infer<typeof comparisonState>
type Status = 'requested' | 'compared' | 'returned' | 'withdrawn'

const step = stepsOf<State, Status>()

/**
 * Comparing a list of another department with the registers (B2.03): a list in, matches out; on a listed legal basis, approved by another officer.
 * The list is kept as digests alone; small numbers are not told where only the number is asked for.
 */
export function comparisonFlow({ rulebook }: ServiceTools): CaseFlow<State> {
  const request = step({
    title: { zh: '登记比对申请', en: 'Enter the request' },
    opens: true,
    by: ['accept'],
    body: order.extend({ csv: z.string().min(1).max(2_000_000) }),
    record: z.strictObject({ order, lines: z.int().min(1) }),
    to: 'requested',
    async take({ work, file, body: { csv, ...ordered } }) {
      const digests = readList(csv)
      await decide(work, ordered, { lines: digests.length, matches: 0 })
      const rows = digests.map((digest, index) => ({
        ...{ case_id: file.id, line: index + 1, agency: file.agency, identity_digest: digest, matches: null },
      }))
      await sharingTables(work).insertInto('svc_data_sharing.comparison_line').values(rows).execute()
      return { record: { order: ordered, lines: digests.length } }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  const approve = step({
    title: { zh: '审批并比对', en: 'Approve and compare' },
    from: ['requested'],
    by: ['approve'],
    notSameUserAs: ['request'],
    body: z.strictObject({ outcome: z.enum(['approved', 'returned']), opinion: z.string().trim().min(1).max(500) }),
    record: z.strictObject({ opinion: z.string(), result: result.nullable() }),
    to: { approved: 'compared', returned: 'returned' },
    async take({ work, file, body: { outcome, opinion } }) {
      if (outcome === 'returned') return { outcome, record: { opinion, result: null } }
      const ordered = must(file.state.order, 'order of a comparison')
      const matches = await asActor(work, systemActor, (node) => compare(node, file.id, file.number, ordered))
      const ruling = await decide(work, ordered, { lines: file.state.lines, matches })
      const isShown = ordered.wants === 'lines' || ruling.decision.results.countShown?.value === true
      return { outcome, record: { opinion, result: { matches: isShown ? matches : null } }, decision: ruling }
    },
    fold: (state, { body }) =>
      body.result === null ? state : { ...state, compared: true, matches: body.result.matches },
  })

  async function decide(work: Work, { basis, kind }: z.infer<typeof order>, found: { lines: number; matches: number }) {
    const ruling = await rulebook.decide(work, {
      policy: 'sharing-comparison',
      on: work.today,
      insuredRegion: work.node.region,
      facts: { basisListed: await basisCovers(work, rulebook, basis, [kind]), ...found },
    })
    const { outcome, reason, because } = ruling.decision
    if (outcome !== 'granted') throw new Refusal(reason ?? 'refused', { clause: because })
    return ruling
  }

  return defineFlow<State>({
    id: comparisonFlowId,
    service: 'data-sharing',
    version: 1,
    title: { zh: '批量数据比对', en: 'Comparison of a list' },
    numberPrefix: 'BD',
    state: comparisonState,
    initial: { order: null, lines: 0, compared: false, matches: null },
    statuses: {
      requested: { title: { zh: '待审批', en: 'To be approved' }, task: { role: 'approve' } },
      compared: { title: { zh: '已比对', en: 'Compared' }, final: true },
      returned: { title: { zh: '已退回', en: 'Returned' }, final: true },
      withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, final: true },
    },
    steps: {
      request,
      approve,
      ...withdrawalStep<State, Status>({ from: ['requested'], to: 'withdrawn', by: ['accept'] }),
    },
    summary: ({ state }) => ({
      department: state.order?.department ?? null,
      basis: state.order?.basis ?? null,
      kind: state.order?.kind ?? null,
      lines: state.lines,
    }),
  })
}

/** The digests of a list with the columns `idNumber` and `name`. `BadInput` with every line that cannot be read, and each person only once. */
function readList(csv: string): string[] {
  const rows = z
    .array(z.record(z.string(), z.string()))
    .parse(parse(csv, { columns: true, bom: true, trim: true, skip_empty_lines: true, relax_column_count: true }))
  const line = z.object({ idNumber: schemaIdNumber, name: z.string().min(1).max(100) })
  const read = rows.map((row) => line.safeParse(row))
  const problems = read.flatMap(({ success }, index) =>
    success ? [] : [{ path: `csv line ${index + 2}`, expected: 'a right idNumber and a name', found: 'another' }],
  )
  if (rows.length === 0)
    problems.push({ path: 'csv', expected: 'columns idNumber,name and at least one line', found: 'none' })
  if (problems.length > 0) throw new BadInput(problems)
  return [...new Set(read.flatMap(({ data }) => (data ? [identityDigest(data.idNumber, data.name)] : [])))]
}

/** Fills in each line and answers how many matched. Every person who is looked at has it in their access log, with the department and the case. */
async function compare(
  work: Work,
  caseId: string,
  number: string,
  { department, kind, basis }: z.infer<typeof order>,
): Promise<number> {
  const lines = await sharingTables(work)
    .selectFrom('svc_data_sharing.comparison_line')
    .select(['line', 'identity_digest'])
    .where('case_id', '=', caseId)
    .orderBy('line')
    .execute()
  const purpose = `数据比对 ${number}：${department}（${basis}）`
  let count = 0
  for (const { line, identity_digest: digest } of lines) {
    const matches = await isMatch(work, digest, { kind, purpose, on: work.today })
    if (matches) count++
    await sharingTables(work)
      .updateTable('svc_data_sharing.comparison_line')
      .set({ matches })
      .where('case_id', '=', caseId)
      .where('line', '=', line)
      .execute()
  }
  return count
}

type Looked = { kind: SharedKind; purpose: string; on: PlainDate }

async function isMatch(work: Work, digest: string, { kind, purpose, on }: Looked): Promise<boolean> {
  const personId = await findPersonByDigest(work, digest, purpose)
  if (personId === undefined) return false
  const facts = await factsHeld(work, personId, [kind], purpose)
  return (countsOf(facts, [kind], on)[kind] ?? 0) > 0
}
