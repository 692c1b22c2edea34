import { type Api, ApiProblem } from '../api.ts'
import type { Me } from '../api-types.ts'
import { hoursBefore } from './device-clock.ts'
import { within } from './patience.ts'
import type { Seal } from './sealing.ts'
import type { DeviceState, OfflineStore } from './store.ts'

/** How long what was taken along may be read: from the evening before until the end of the day after. */
export const keptHours = 36

/** By which somebody signs in: the session before is then no more. */
const signIns = new Set(['/session', '/session/demo', '/session/passkey'])

/** How long a connection is waited for where an answer was taken along. */
const patienceMs = 6_000

type Parts = {
  api: Api
  store: OfflineStore
  seal: Seal
  now: () => string
  /** Whether answers of an address are taken along. */
  isKept: (path: string) => boolean
}

/**
 * An interface that reads on without a connection: answers of some addresses are kept for the user who got them, sealed, and given again where the
 * node does not answer. Only on a device that was asked to take answers along, only while its user is signed in there, and not for long. Signing out
 * removes them, also without a connection; the node is told as soon as there is one.
 */
export function keepingApi(parts: Parts): Api {
  const { api, isKept } = parts
  return {
    ...api,
    get: (path, query) =>
      isKept(path) ? readOrRecall(parts, path, () => api.get(path, query), query) : api.get(path, query),
    async post(path, body, key) {
      const answer = await api.post<never>(path, body, key)
      if (signIns.has(path) && (await findDevice(parts.store))?.owesSignOut) {
        await parts.store.changeDevice({ owesSignOut: false })
      }
      return answer
    },
    delete: (path) => (path === '/session' ? signOut(parts) : api.delete(path)),
  }
}

async function readOrRecall<Answer>(
  parts: Parts,
  path: string,
  read: () => Promise<Answer>,
  query: object = {},
): Promise<Answer> {
  const { api, store, seal, now } = parts
  const address = api.href(path, { ...query })
  const device = await findDevice(store)
  if (!device) return read()
  const { userId, takesAlong, owesSignOut } = device
  if (path === '/me' && owesSignOut) return refuseUntilSignedOut(parts)
  try {
    const known = takesAlong && userId !== null ? await store.answer(userId, address) : undefined
    const answer = await (known ? within(patienceMs, read()) : read())
    const reader = path === '/me' ? await noteUser(parts, answer as Me) : userId
    if (takesAlong && reader !== null) {
      await store.keepAnswer({ userId: reader, address, at: now(), content: await seal.close(reader, answer) })
    }
    return answer
  } catch (error) {
    if (path === '/me' && error instanceof ApiProblem && error.problem.status === 401) {
      // Whoever signs in next has not asked to take anything along.
      await store.changeDevice({ userId: null, takesAlong: false })
    }
    const isPassing = error instanceof ApiProblem && error.isPassing
    const recalled = isPassing && takesAlong && userId !== null ? await recall(parts, userId, address) : undefined
    if (recalled === undefined) throw error
    return recalled as Answer
  }
}

/** Undefined where the browser gives no store, as in a private window: the pages then work as without one. */
async function findDevice(store: OfflineStore): Promise<DeviceState | undefined> {
  try {
    return await store.device()
  } catch {
    return undefined
  }
}

async function recall({ store, seal, now }: Parts, userId: string, address: string): Promise<unknown> {
  await store.dropAnswers({ before: hoursBefore(now(), keptHours) })
  const kept = await store.answer(userId, address)
  return kept && seal.open(userId, kept.content)
}

/** Remembers who is signed in; what somebody else took along on this device goes. */
async function noteUser({ store }: Parts, me: Me): Promise<string> {
  const { userId } = me.user
  const before = await store.device()
  if (before.userId !== userId) {
    await store.dropAnswers({ exceptOf: userId })
    await store.changeDevice({ userId, ...(before.userId !== null && { takesAlong: false }) })
  }
  return userId
}

/** Signing out: what was taken along goes at once, and the key too unless forms wait that only it opens. */
async function signOut<Answer>(parts: Parts): Promise<Answer> {
  const { api, store } = parts
  const device = await findDevice(store)
  if (!device) return api.delete('/session')
  const { userId } = device
  await store.dropAnswers({})
  await store.changeDevice({ userId: null, takesAlong: false })
  const hasUnsent = (await store.forms()).some((form) => form.userId === userId && form.state !== 'sent')
  if (userId !== null && !hasUnsent) await store.dropKey(userId)
  try {
    return await within(patienceMs, api.delete<Answer>('/session'))
  } catch (error) {
    if (!(error instanceof ApiProblem) || !error.isPassing) throw error
    await store.changeDevice({ owesSignOut: true })
    // What the node answers to a sign-out is read by nobody.
    return {} as Answer
  }
}

/** Whoever signed out without a connection is signed out first of all, and nobody until then. */
async function refuseUntilSignedOut({ api, store }: Parts): Promise<never> {
  try {
    await within(patienceMs, api.delete('/session'))
    await store.changeDevice({ owesSignOut: false })
  } catch (error) {
    const isPassing = error instanceof ApiProblem && error.isPassing
    // The session has ended by itself meanwhile.
    if (!isPassing) await store.changeDevice({ owesSignOut: false })
  }
  throw new ApiProblem({ title: '', status: 401, detail: '', code: 'not_signed_in' })
}
