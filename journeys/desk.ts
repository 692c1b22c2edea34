import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

/** Somebody who works through the HTTP interface of one region as a page does: signed in, and patient with a server that is away. */
export type Desk = {
  get<Answer>(path: string, schema: z.ZodType<Answer>): Promise<Answer>
  /** Sends the same key again until an answer comes, as a page does; a refusal is thrown with its code. */
  post<Answer>(path: string, body: object, schema: z.ZodType<Answer>): Promise<Answer>
}

const patience = { tries: 240, milliseconds: 500 }

/** Signs in by a click of the demo world, at the address of a region's process. */
export async function openDesk(url: string, region: string, login: string): Promise<Desk> {
  const address = `${url}/${region}/api/v1`
  const signedIn = await askPatiently(`${address}/session/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login }),
  })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await signedIn.json())
  return {
    get: async (path, schema) =>
      schema.parse(await (await askPatiently(`${address}${path}`, { headers: { cookie } })).json()),
    post: async (path, body, schema) => {
      const headers = {
        'content-type': 'application/json',
        'x-tongban-csrf': csrfToken,
        'idempotency-key': randomUUID(),
        cookie,
      }
      const request = { method: 'POST', headers, body: JSON.stringify(body) }
      return schema.parse(await (await askPatiently(`${address}${path}`, request)).json())
    },
  }
}

/** Asks until somebody answers who is not just away. Throws for an answer that says no. */
async function askPatiently(url: string, request: RequestInit): Promise<Response> {
  for (let tries = 0; ; tries++) {
    const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(30_000) }).catch(() => undefined)
    if (answer?.ok) return answer
    if (answer && answer.status < 500) throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
    if (tries >= patience.tries) throw new Error(`${url}: ${answer ? await answer.text() : 'no answer'}`)
    await sleep(patience.milliseconds)
  }
}
