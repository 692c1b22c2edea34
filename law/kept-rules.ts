import { type Compilable, sql } from 'kysely'
import { remembering, sendAhead, type Work } from '../ground/door.ts'
import type { Decision, PolicyIr } from '../policy/door.ts'
import type { ResolvedValues } from './values.ts'

type KeptRuleTables = {
  'law.kept_policy': { hash: string; policy: string; ir: PolicyIr; kept_at: string }
  'law.kept_values': { hash: string; content: ResolvedValues; kept_at: string }
}

/** Rules and values, by their hashes, that are kept already. */
const kept = remembering<true>(5000)

/** Keeps the rule and the values that made a decision, by their hashes and for ever, so that it can be made again in any later release. */
export async function keepRule(work: Work, decision: Decision, ir: PolicyIr, values: ResolvedValues): Promise<void> {
  const { id, irHash, valuesHash } = decision.policy
  const tables = work.db.withTables<KeptRuleTables>()
  await keepOnce(work, irHash, () =>
    tables
      .insertInto('law.kept_policy')
      .values({ hash: irHash, policy: id, ir: asJson(ir), kept_at: work.now })
      .onConflict((conflict) => conflict.doNothing()),
  )
  await keepOnce(work, valuesHash, () =>
    tables
      .insertInto('law.kept_values')
      .values({ hash: valuesHash, content: asJson(values), kept_at: work.now })
      .onConflict((conflict) => conflict.doNothing()),
  )
}

async function keepOnce(work: Work, hash: string, insertion: () => Compilable): Promise<void> {
  if (kept.find(work, hash)) return
  await sendAhead(work.db, insertion())
  kept.keep(work, hash, true)
}

function asJson<T>(content: T) {
  return sql<T>`${JSON.stringify(content)}::jsonb`
}
