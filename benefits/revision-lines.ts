import type { CaseEvent, CaseFile } from '../cases/door.ts'
import { type Id, type PartResult, type PlainDate, Refusal, type Work } from '../ground/door.ts'
import { isWithin } from '../law/door.ts'
import type { Finding } from './application-state.ts'
import type { BenefitTools } from './benefit.ts'
import type { LinePage } from './carrying-out.ts'
import { asNode, benefitsTables } from './tables.ts'

/** What deciding a case again would change. */
export type Recalculation = { before: Finding; after: Finding }

/**
 * A flow whose cases can be decided again when a value changes. Its step `recalculate`, taken by the system with
 * `{because: 'value', cause}`, does what `preview` tells.
 */
export type Revisable = {
  flow: string
  service: string
  title: { zh: string; en: string }
  numberPrefix: string
  /** The statuses in which a decision stands. */
  decided: readonly string[]
  /** What deciding again today would change; undefined where no decision of a rule stands. Writes nothing. */
  preview(work: Work, file: CaseFile, history: readonly CaseEvent[]): Promise<Recalculation | undefined>
}

/** Which decisions a change of a value concerns: those of a region for law days from `from` to `to`. */
export type RevisionScope = { region: string; from: PlainDate; to: PlainDate | null }

/** What a revision found over all cases in its scope. */
export type RevisionCount = {
  looked: number
  changed: number
  more: number
  less: number
  beforeFen: number
  afterFen: number
  /** Cases that could not be decided again, by the code of what stood against it. */
  notDecided: Record<string, number>
}

/** A case that a change of a value concerns, and what became of it. */
export type RevisionLine = {
  no: number
  caseId: Id
  caseNumber: string
  beforeOutcome: string
  beforeFen: number
  afterOutcome: string
  afterFen: number
  status: string | null
  failedBecause: string | null
}

/** Looks at every decided case in the scope, decides it again by the values known today, and keeps a line for each whose result changes. */
export function findRevisionLines(
  work: Work,
  { cases }: Pick<BenefitTools, 'cases'>,
  revisable: Revisable,
  revisionId: Id,
  scope: RevisionScope,
): Promise<RevisionCount> {
  return asNode(work, async (part) => {
    const count: RevisionCount = { looked: 0, changed: 0, more: 0, less: 0, beforeFen: 0, afterFen: 0, notDecided: {} }
    for (const status of revisable.decided) {
      for (let after: Id | undefined; ; ) {
        const page = await cases().find(part, { flow: revisable.flow, status, limit: 500, ...(after && { after }) })
        for (const { caseId } of page) await lookAt(part, { cases, revisable, revisionId, scope, count }, caseId)
        after = page.at(-1)?.caseId
        if (after === undefined) break
      }
    }
    return count
  })
}

type Looking = {
  cases: BenefitTools['cases']
  revisable: Revisable
  revisionId: Id
  scope: RevisionScope
  count: RevisionCount
}

async function lookAt(work: Work, { cases, revisable, revisionId, scope, count }: Looking, caseId: Id): Promise<void> {
  const history = await cases().history(work, caseId)
  const { file } = await cases().get(work, caseId)
  if (!isInScope(file, history, scope)) return
  count.looked += 1
  const found = await revisable.preview(work, file, history).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error
    count.notDecided[error.code] = (count.notDecided[error.code] ?? 0) + 1
  })
  if (!found) return
  const { before, after } = found
  count.beforeFen += before.amountFen
  count.afterFen += after.amountFen
  if (before.amountFen === after.amountFen && before.outcome === after.outcome) return
  count.changed += 1
  if (after.amountFen > before.amountFen) count.more += 1
  if (after.amountFen < before.amountFen) count.less += 1
  await benefitsTables(work)
    .insertInto('benefits.revision_line')
    .values({
      revision_id: revisionId,
      no: count.changed,
      agency: file.agency,
      case_id: file.id,
      case_number: file.number,
      before_outcome: before.outcome,
      before_fen: before.amountFen,
      after_outcome: after.outcome,
      after_fen: after.amountFen,
    })
    .execute()
}

/** Whether a decision of a case was made by the law of a day in the scope, for the scope's region: a case may have one for each month. */
function isInScope({ agency }: CaseFile, history: readonly CaseEvent[], { region, from, to }: RevisionScope): boolean {
  if (!(agency === region || isWithin(agency, region))) return false
  return history
    .filter(({ decision }) => decision !== null)
    .map(lawDayOf)
    .some((lawDay) => lawDay >= from && (to === null || lawDay <= to))
}

function lawDayOf({ decision, effectiveOn }: CaseEvent): PlainDate {
  const isObject = typeof decision === 'object' && decision !== null
  return isObject && 'on' in decision && typeof decision.on === 'string' ? decision.on : effectiveOn
}

/** Lines of a revision with what became of them, in their order; `open`: those that nothing has become of yet. */
export async function revisionLines(work: Work, revisionId: Id, page: LinePage = {}): Promise<RevisionLine[]> {
  const rows = await benefitsTables(work)
    .selectFrom('benefits.revision_line as line')
    .leftJoin('benefits.revision_result as result', (join) =>
      join.onRef('result.revision_id', '=', 'line.revision_id').onRef('result.no', '=', 'line.no'),
    )
    .selectAll('line')
    .select(['result.status', 'result.failed_because'])
    .where('line.revision_id', '=', revisionId)
    .where('line.no', '>', page.after ?? 0)
    .$if(page.open === true, (query) => query.where('result.no', 'is', null))
    .orderBy('line.no')
    .limit(page.limit ?? 200)
    .execute()
  return rows.map((row) => ({
    no: row.no,
    caseId: row.case_id,
    caseNumber: row.case_number,
    beforeOutcome: row.before_outcome,
    beforeFen: row.before_fen,
    afterOutcome: row.after_outcome,
    afterFen: row.after_fen,
    status: row.status,
    failedBecause: row.failed_because,
  }))
}

/** Keeps what became of a line: the status after deciding again, or the code of what stood against it. */
export async function keepRevisionResult(
  work: Work,
  revisionId: Id,
  no: number,
  result: PartResult<string>,
): Promise<void> {
  await benefitsTables(work)
    .insertInto('benefits.revision_result')
    .values({
      revision_id: revisionId,
      no,
      status: 'done' in result ? result.done : null,
      failed_because: 'done' in result ? null : result.code,
      recorded_at: work.now,
    })
    .execute()
}
