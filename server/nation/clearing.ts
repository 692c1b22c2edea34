import { z } from 'zod'
import { type BothLanguages, must } from '../../ground/door.ts'
import { findJson } from './answers.ts'
import type { NationPlan } from './plan.ts'

/** How many of the hub's cases are in a state: what is being cleared between regions. */
export type ClearingState = { title: BothLanguages; count: number }

const schemaCases = z.object({
  items: z.array(z.object({ status: z.string(), statusTitle: z.object({ zh: z.string(), en: z.string() }) })),
})

/** The demo user who sees the hub's cases. */
const clerk = 'hub-clerk'

/** Reads the hub's cases by state as its clerk sees them; an empty list where the hub does not answer. Signs in once. */
export function clearingReader(plan: NationPlan): () => Promise<ClearingState[]> {
  const hub = must(plan.regions[0], 'a hub')
  const address = `http://${plan.host}:${hub.port}/${hub.region}/api/v1`
  let cookie: string | undefined
  return async () => {
    cookie ??= await signIn(`${address}/session/demo`)
    if (cookie === undefined) return []
    const found = await findJson(`${address}/cases?limit=200`, schemaCases, { cookie })
    if (!found) cookie = undefined
    const byStatus = Map.groupBy(found?.items ?? [], ({ status }) => status)
    return [...byStatus.values()].map((cases) => ({
      title: must(cases[0], 'a case').statusTitle,
      count: cases.length,
    }))
  }
}

async function signIn(url: string): Promise<string | undefined> {
  const body = JSON.stringify({ login: clerk })
  const headers = { 'content-type': 'application/json' }
  const signal = AbortSignal.timeout(1000)
  const answer = await fetch(url, { method: 'POST', headers, body, signal }).catch(() => undefined)
  if (!answer?.ok) return undefined
  const cookies = answer.headers.getSetCookie().map((each) => each.split(';')[0])
  return cookies.join('; ')
}
