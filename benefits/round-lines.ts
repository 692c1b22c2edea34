import { sql } from 'kysely'
import type { Id, PartResult, PlainDate, Work } from '../ground/door.ts'
import { type PreparedPolicy, prepare } from '../policy/door.ts'
import type { Benefit, BenefitTools, PartyFacts } from './benefit.ts'
import type { LinePage } from './carrying-out.ts'
import { lawDayOf } from './deciding.ts'
import { asNode, benefitsTables } from './tables.ts'

/** What a round found: how many parties were looked at, who is owed how much, and why the others are not. */
export type RoundCount = {
  parties: number
  granted: number
  totalFen: number
  alreadyApplied: number
  /** By the code of the refusal or the referral. */
  notGranted: Record<string, number>
}

/** A party that a round found to be owed something, and what became of it. */
export type RoundLine = {
  no: number
  party: PartyFacts['party']
  amountFen: number
  caseId: Id | null
  skippedBecause: string | null
}

type RoundOf = { roundId: Id; agency: string; on: PlainDate }

/**
 * Decides the rule for every party of an agency at once, by prepared code over the facts of the registers, and keeps a line for each that is
 * owed something and has no application for the same occasion.
 */
export function findLines(
  work: Work,
  { rulebook, cases }: BenefitTools,
  benefit: Benefit,
  { roundId, agency, on }: RoundOf,
): Promise<RoundCount> {
  return asNode(work, async (part) => {
    const answers = benefit.answersOfFound ?? {}
    const day = lawDayOf(benefit, answers, on)
    const rule = await rulebook.ruleInForce(part, { policy: benefit.policy, on: day, insuredRegion: agency })
    const prepared = prepare(rule.ir, rule.values, day)
    const applied = await partiesThatApplied(part, cases, benefit, benefit.occasionOf?.(answers, on) ?? 'once')
    const count: RoundCount = { parties: 0, granted: 0, totalFen: 0, alreadyApplied: 0, notGranted: {} }
    for await (const page of benefit.population?.(part, { on, agency }) ?? []) {
      const lines = decidePage(page, { prepared, applied, count, facts: benefit.factsOf?.(answers) ?? answers })
      await keepLines(part, { roundId, agency }, lines, count.granted - lines.length)
    }
    return count
  })
}

type PageDecision = {
  prepared: PreparedPolicy
  applied: ReadonlySet<Id>
  count: RoundCount
  facts: Readonly<Record<string, unknown>>
}

/** Counts every party of a page; returns those that are owed something. */
function decidePage(page: readonly PartyFacts[], { prepared, applied, count, facts }: PageDecision) {
  const declared = Object.keys(prepared.body.facts)
  const lines: Array<{ party: PartyFacts['party']; amountFen: number }> = []
  for (const { party, facts: found } of page) {
    count.parties += 1
    if (applied.has(party.id)) {
      count.alreadyApplied += 1
      continue
    }
    const known: Record<string, unknown> = { ...found, ...facts }
    const { outcome, reason, amountFen } = prepared.decide(
      Object.fromEntries(declared.map((name) => [name, known[name]])),
    )
    if (outcome === 'granted') {
      count.granted += 1
      count.totalFen += amountFen ?? 0
      lines.push({ party, amountFen: amountFen ?? 0 })
    } else {
      const code = reason ?? outcome
      count.notGranted[code] = (count.notGranted[code] ?? 0) + 1
    }
  }
  return lines
}

async function partiesThatApplied(
  work: Work,
  cases: BenefitTools['cases'],
  { id: flow, applicant }: Benefit,
  occasion: string,
): Promise<Set<Id>> {
  const applied = new Set<Id>()
  for (let after: Id | undefined; ; ) {
    const page = await cases().find(work, { flow, limit: 1_000, ...(after !== undefined && { after }) })
    for (const { status, summary, subject } of page) {
      const id = applicant === 'person' ? subject.personId : subject.employerId
      if (id !== null && summary.occasion === occasion && !['withdrawn', 'not_accepted'].includes(status))
        applied.add(id)
    }
    after = page.at(-1)?.caseId
    if (after === undefined) return applied
  }
}

async function keepLines(
  work: Work,
  { roundId, agency }: { roundId: Id; agency: string },
  lines: ReadonlyArray<{ party: PartyFacts['party']; amountFen: number }>,
  before: number,
): Promise<void> {
  if (lines.length === 0) return
  const rows = lines.map(({ party, amountFen }, index) => ({
    round_id: roundId,
    no: before + index + 1,
    agency,
    party_kind: party.kind,
    party_id: party.id,
    amount_fen: amountFen,
  }))
  // One parameter for all rows: a page may hold more values than a statement has parameters.
  await sql`insert into benefits.round_line (round_id, no, agency, party_kind, party_id, amount_fen)
    select round_id, no, agency, party_kind, party_id, amount_fen from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as row (round_id uuid, no integer, agency text, party_kind text, party_id uuid, amount_fen bigint)`.execute(work.db)
}

/** Lines of a round with what became of them, in their order; `open`: those that nothing has become of yet. */
export async function roundLines(work: Work, roundId: Id, page: LinePage = {}): Promise<RoundLine[]> {
  const rows = await benefitsTables(work)
    .selectFrom('benefits.round_line as line')
    .leftJoin('benefits.round_result as result', (join) =>
      join.onRef('result.round_id', '=', 'line.round_id').onRef('result.no', '=', 'line.no'),
    )
    .select([
      'line.no',
      'line.party_kind',
      'line.party_id',
      'line.amount_fen',
      'result.case_id',
      'result.skipped_because',
    ])
    .where('line.round_id', '=', roundId)
    .where('line.no', '>', page.after ?? 0)
    .$if(page.open === true, (query) => query.where('result.no', 'is', null))
    .orderBy('line.no')
    .limit(page.limit ?? 200)
    .execute()
  return rows.map((row) => ({
    no: row.no,
    party: { kind: row.party_kind, id: row.party_id },
    amountFen: row.amount_fen,
    caseId: row.case_id,
    skippedBecause: row.skipped_because,
  }))
}

/** Keeps what became of a line: the case that was opened, or the code of the refusal that stood against it. */
export async function keepRoundResult(work: Work, roundId: Id, no: number, result: PartResult<Id>): Promise<void> {
  await benefitsTables(work)
    .insertInto('benefits.round_result')
    .values({
      round_id: roundId,
      no,
      case_id: 'done' in result ? result.done : null,
      skipped_because: 'done' in result ? null : result.code,
      recorded_at: work.now,
    })
    .execute()
}
