import type { SimulatedRegion } from '../nation.ts'
import type { Finding } from '../play.ts'

// Each statement selects what must not be there, in a sentence. They read the tables alone and share no code with the case machine.

const brokenLogs = `
  SELECT format('case %s stands at step %s, its log has %s steps up to %s', f.number, f.seq, count(e.seq), max(e.seq)) AS what
  FROM cases.case_file f LEFT JOIN cases.event e ON e.case_id = f.id GROUP BY f.id
  HAVING count(e.seq) <> f.seq OR max(e.seq) IS DISTINCT FROM f.seq`

const takenTwice = `
  SELECT format('case %s took %s twice for one request', f.number, min(e.kind)) AS what
  FROM cases.event e JOIN cases.case_file f ON f.id = e.case_id GROUP BY f.id, e.idempotency_key HAVING count(*) > 1
  UNION ALL
  SELECT format('%s cases %s were opened for one request', e.flow, string_agg(f.number, ', ')) FROM cases.event e
  JOIN cases.case_file f ON f.id = e.case_id WHERE e.seq = 1 GROUP BY e.flow, e.user_id, e.idempotency_key HAVING count(*) > 1`

const excluded = `
  SELECT format('case %s: one officer took %s and %s', f.number, one.kind, other.kind) AS what
  FROM cases.event one JOIN cases.case_file f ON f.id = one.case_id
  JOIN cases.exclusive_step x ON x.flow = one.flow AND x.flow_version = one.flow_version AND x.step = one.kind
  JOIN cases.event other ON other.case_id = one.case_id AND other.kind = x.excluded_by AND other.seq < one.seq AND other.user_id = one.user_id`

const clocksLeft = `
  SELECT format('case %s is closed and its deadline %s still runs', f.number, d.name) AS what
  FROM cases.deadline d JOIN cases.case_file f ON f.id = d.case_id WHERE f.closed_at IS NOT NULL AND d.state = 'running'`

const wrongOrder = `
  SELECT format('case %s: step %s was recorded before the one it follows', f.number, e.seq) AS what
  FROM cases.event e JOIN cases.event b ON b.case_id = e.case_id AND b.seq = e.seq - 1 JOIN cases.case_file f ON f.id = e.case_id
  WHERE e.recorded_at < b.recorded_at - interval '5 hours'`

/** A case is what its log says, each request was done once, and nobody took two steps that exclude each other. */
export async function judgeFiles({ region, database }: SimulatedRegion): Promise<Finding[]> {
  const sentences = [brokenLogs, takenTwice, excluded, clocksLeft, wrongOrder].join(' UNION ALL ')
  const rows = await database.look<{ what: string }>(sentences)
  return rows.map(({ what }) => ({ judge: 'files', what: `${region}: ${what}` }))
}
