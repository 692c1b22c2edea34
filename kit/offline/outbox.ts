import { type Api, ApiProblem, type Problem, readCookie } from '../api.ts'
import type { Me } from '../api-types.ts'
import type { BothLanguages } from '../language.tsx'
import { randomKey } from '../random-key.ts'
import { meaningOf, nextForm, nextOrder, type Sender } from './form-order.ts'
import { within } from './patience.ts'
import type { Seal } from './sealing.ts'
import type { OfflineStore, StoredForm } from './store.ts'

/** A finished form as it is sent: where to, what, and how its writer finds it again: what it is called, and the page where it is filled in. */
export type FormRequest = { path: string; body: unknown; title: BothLanguages; label: string; page: string }

/** What a form holds that may be somebody's data; on the device only sealed. */
export type FormContent = {
  /** What stands in its fields. */
  values: Record<string, unknown>
  request?: FormRequest
  /** Why the node refused it. */
  problem?: Problem
}

/** A form of the signed-in user; without content once it was sent. */
export type OutboxForm = Omit<StoredForm, 'content'> & { content: FormContent | null }

/** The forms that a user fills in on this device, until the node has answered each. */
export type Outbox = {
  /** The forms of a user, in the order in which they were finished. */
  formsOf(userId: string): Promise<OutboxForm[]>
  /** Keeps what was typed so far under the form's key. Does nothing once the form is finished. */
  saveDraft(form: Begun): Promise<void>
  /** Finishes a form: from now on it is sent until the node answers. The same key again changes nothing. */
  submit(form: Begun & { request: FormRequest }): Promise<void>
  /** A form that was never sent becomes a draft again. */
  takeBack(key: string): Promise<void>
  /** A form that was refused becomes a draft under a new key: what comes of it is another form. */
  change(form: OutboxForm): Promise<void>
  /** What was refused is sent once more as it is, with its key. */
  retry(key: string): Promise<void>
  /** Removes a draft, or a form that was refused. */
  discard(key: string): Promise<void>
  /** Sends what waits, one after another; ends early where no answer comes. Tells how many were settled and whether any are left. */
  send(): Promise<{ settled: number; isLeft: boolean }>
}

/** A form that somebody fills in. */
export type Begun = Sender & { key: string; about: string; values: Record<string, unknown> }

/** How long an answer is waited for; the same form is sent again later, and done once all the same. */
const patienceMs = 20_000

/** What has happened in the outbox: a form was finished and may be sent, or something else has changed. */
export type OutboxNews = 'finished' | 'changed'

type Parts = { api: Api; store: OfflineStore; seal: Seal; now: () => string; onNews: (news: OutboxNews) => void }

/** The outbox of a region's pages. `api` is asked directly: what was taken along answers nothing here. */
export function createOutbox(parts: Parts): Outbox {
  const { store, seal, now, onNews } = parts
  const change = async (key: string, step: (now: StoredForm) => StoredForm | undefined) => {
    await store.changeForm(key, (known) => known && step(known))
    onNews('changed')
  }
  return {
    formsOf: (userId) => formsOf(parts, userId),
    async saveDraft({ values, ...begun }) {
      const content = await seal.close(begun.userId, { values } satisfies FormContent)
      await store.changeForm(begun.key, (known) =>
        known && known.state !== 'draft'
          ? known
          : { ...begun, order: 0, state: 'draft', attempts: 0, at: now(), content },
      )
    },
    async submit({ values, request, ...begun }) {
      const content = await seal.close(begun.userId, { values, request } satisfies FormContent)
      await store.changeForm(begun.key, (known, all) =>
        known && known.state !== 'draft'
          ? known
          : { ...begun, order: nextOrder(all), state: 'waiting', attempts: 0, at: now(), content },
      )
      onNews('finished')
    },
    takeBack: (key) =>
      change(key, (form) =>
        form.state === 'waiting' && form.attempts === 0 ? { ...form, state: 'draft', order: 0 } : form,
      ),
    async change({ key, content, userId, assignmentId, about }) {
      if (!content) return
      const fresh = { key: randomKey(), order: 0, state: 'draft', attempts: 0, at: now() } as const
      const sealed = await seal.close(userId, { values: content.values } satisfies FormContent)
      // The new draft stands before the old form goes: losing power in between leaves both, and the old one still says it was refused.
      await store.changeForm(fresh.key, () => ({ ...fresh, userId, assignmentId, about, content: sealed }))
      await change(key, (form) => (form.state === 'refused' ? undefined : form))
    },
    async retry(key) {
      await change(key, (form) => (form.state === 'refused' ? { ...form, state: 'waiting' } : form))
      onNews('finished')
    },
    discard: (key) => change(key, (form) => (form.state === 'refused' || form.state === 'draft' ? undefined : form)),
    send: () => navigator.locks.request(`tongban-outbox-${parts.api.region}`, () => sendAll(parts)),
  }
}

async function formsOf({ store, seal }: Parts, userId: string): Promise<OutboxForm[]> {
  const own = (await store.forms()).filter((form) => form.userId === userId)
  const opened = await Promise.all(
    own.map(async (form) => ({ ...form, content: form.content && (await contentOf(seal, form)) })),
  )
  return opened.toSorted((one, other) => one.order - other.order || (one.at < other.at ? -1 : 1))
}

async function contentOf(seal: Seal, { userId, content }: StoredForm): Promise<FormContent | null> {
  if (!content) return null
  // What it holds was written by this file.
  return ((await seal.open(userId, content)) as FormContent | undefined) ?? null
}

async function sendAll(parts: Parts): Promise<{ settled: number; isLeft: boolean }> {
  const { store, onNews } = parts
  let settled = 0
  const waiting = async () => (await store.forms()).filter(({ state }) => state === 'waiting')
  if ((await waiting()).length === 0) return { settled, isLeft: false }
  for (;;) {
    // Asked before each form, since a session keeps its token when its user goes to another post; the token tells of another session.
    const token = readCookie('tongban_csrf')
    const sender = await signedIn(parts)
    const form = sender && nextForm(await store.forms(), sender)
    if (!form) break
    const meaning = await sendOne(parts, form.key, () => readCookie('tongban_csrf') === token)
    onNews('changed')
    if (meaning === 'again') break
    settled++
  }
  return { settled, isLeft: (await waiting()).length > 0 }
}

/** Who is signed in, by the node's word; nobody where it does not answer, or who signed out here while it did not. */
async function signedIn({ api, store }: Parts): Promise<Sender | undefined> {
  try {
    const { user, acting } = await within(patienceMs, api.get<Me>('/me'))
    const { userId } = await store.device()
    return user.userId === userId ? { userId, assignmentId: acting.assignmentId } : undefined
  } catch {
    return undefined
  }
}

async function sendOne(
  { api, store, seal, now }: Parts,
  key: string,
  isSameSession: () => boolean,
): Promise<'sent' | 'again' | 'refused'> {
  // Written down before it leaves: from now on it may have been done, and is not taken back.
  const form = await store.changeForm(key, (known) =>
    known?.state === 'waiting' ? { ...known, attempts: known.attempts + 1 } : known,
  )
  // Its writer took it back meanwhile.
  if (form?.state !== 'waiting') return 'again'
  const content = await contentOf(seal, form)
  if (!content?.request) {
    // Its key is gone: whoever filled it in is told, and fills it in anew.
    await store.changeForm(form.key, (known) => known && { ...known, state: 'refused', content: null })
    return 'refused'
  }
  const { path, body } = content.request
  if (!isSameSession()) return 'again'
  try {
    await within(patienceMs, api.post(path, body, form.key))
    await store.changeForm(form.key, (known) => known && { ...known, state: 'sent', at: now(), content: null })
    return 'sent'
  } catch (error) {
    const meaning = meaningOf(error)
    if (meaning === 'refused' && error instanceof ApiProblem) {
      const sealed = await seal.close(form.userId, { ...content, problem: error.problem } satisfies FormContent)
      await store.changeForm(form.key, (known) => known && { ...known, state: 'refused', content: sealed })
    }
    return meaning
  }
}
