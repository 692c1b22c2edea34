import { asActor, type Id, must, type PlainDate, sm3, systemActor, type Work } from '../../../ground/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { numberOf } from '../asking.ts'
import { trainingTables } from '../tables.ts'
import { detectAll } from './detect.ts'
import { loadRecords, readThresholds } from './loading.ts'
import type { Finding } from './records.ts'

/** A finding as it is kept. */
export type KeptFinding = Finding & { findingId: Id; agency: string; employerId: Id; foundOn: PlainDate }

/** Runs all detectors over the classes of the node and keeps what is new. Found again is found once. */
export async function runDetection(work: Work, tools: ServiceTools): Promise<{ found: number; fresh: number }> {
  return asActor(work, systemActor, async (node) => {
    const { rulebook } = tools
    const agency = node.node.region
    const days = await numberOf(node, rulebook, 'detectionDays', { on: node.today, agency })
    const records = await loadRecords(node, tools, days)
    const found = detectAll(records, await readThresholds(node, rulebook, agency))
    let fresh = 0
    for (const finding of found) fresh += await keep(node, finding)
    return { found: found.length, fresh }
  })
}

/** Once a day by itself. */
export async function detectDaily(work: Work, tools: ServiceTools): Promise<void> {
  const first = await trainingTables(work)
    .insertInto('svc_training_supervision.detection_run')
    .values({ day: work.today, ran_at: work.now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (Number(first.numInsertedOrUpdatedRows ?? 0) > 0) await runDetection(work, tools)
}

async function keep(node: Work, finding: Finding): Promise<number> {
  const { rule, classId, violation, level, personIds, evidence, params } = finding
  const of = await trainingTables(node)
    .selectFrom('svc_training_supervision.class')
    .select(['agency', 'employer_id'])
    .where('id', '=', classId)
    .executeTakeFirst()
  const { agency, employer_id } = must(of, 'class of a finding')
  const stands = evidence.map(({ kind, id }) => `${kind}:${id}`).sort()
  const kept = await trainingTables(node)
    .insertInto('svc_training_supervision.finding')
    .values({
      ...{ id: node.newId(), agency, employer_id, class_id: classId, rule, violation, level },
      ...{ person_ids: personIds, evidence: JSON.stringify(evidence), params: JSON.stringify(params) },
      ...{ fingerprint: sm3([rule, classId, ...stands].join('\n')), found_on: node.today },
    })
    .onConflict((conflict) => conflict.column('fingerprint').doNothing())
    .executeTakeFirst()
  return Number(kept.numInsertedOrUpdatedRows ?? 0)
}

const weight = { high: 0, medium: 1, low: 2 } as const

/** The findings that the actor may see, the gravest first: of all classes, or of one. */
export async function findingsOf(work: Work, filter: { classId?: Id | undefined } = {}): Promise<KeptFinding[]> {
  let search = trainingTables(work).selectFrom('svc_training_supervision.finding').selectAll()
  if (filter.classId !== undefined) search = search.where('class_id', '=', filter.classId)
  const rows = await search.orderBy('id', 'desc').limit(1_000).execute()
  return rows
    .map((row) => ({
      ...{ findingId: row.id, agency: row.agency, employerId: row.employer_id, classId: row.class_id },
      ...{ rule: row.rule, violation: row.violation, level: row.level, foundOn: row.found_on },
      ...{ personIds: row.person_ids, evidence: row.evidence, params: row.params },
    }))
    .sort((one, other) => weight[one.level] - weight[other.level])
}
