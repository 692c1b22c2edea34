import { type Api, createApi } from '../api.ts'
import { deviceNow, hoursBefore } from './device-clock.ts'
import { keepingApi, keptHours } from './kept-answers.ts'
import { createOutbox, type Outbox, type OutboxNews } from './outbox.ts'
import { createSeal } from './sealing.ts'
import { type OfflineStore, openStore } from './store.ts'

/** Working without a connection in the pages of one region. */
export type Offline = {
  api: Api
  outbox: Outbox
  /** Whether this device takes answers along. */
  takesAlong(): Promise<boolean>
  /** Begins to take along what is read from now on, and the pages themselves. */
  takeAlong(): Promise<void>
  /** Calls back whenever a form changed, here or in another window; returns how to stop. */
  follow(listener: (news: OutboxNews) => void): () => void
}

/** How long it is told that a form was sent. */
const sentHours = 24
/** How long what was begun and not finished is kept. */
const draftHours = 7 * 24

/**
 * What pages need to work without a connection; undefined where the browser cannot: without a secure connection (https) it has neither service
 * worker nor sealing. `isKept`: addresses whose answers may be taken along; `worker`: the service worker's address and the pages it is for.
 */
export function createOffline(
  region: string,
  { isKept, worker }: { isKept: (path: string) => boolean; worker: { script: string; scope: string } },
): Offline | undefined {
  if (!window.isSecureContext || !('serviceWorker' in navigator)) return undefined
  const store = openStore(region)
  const seal = createSeal(store)
  const direct = createApi(region)
  const news = createNews(region)
  const outbox = createOutbox({ api: direct, store, seal, now: deviceNow, onNews: news.tell })
  return {
    api: keepingApi({ api: direct, store, seal, now: deviceNow, isKept }),
    outbox: { ...outbox, send: () => tidy(store).then(outbox.send) },
    takesAlong: async () => (await store.device()).takesAlong,
    async takeAlong() {
      await navigator.serviceWorker.register(worker.script, { scope: worker.scope })
      await navigator.serviceWorker.ready
      // Else a browser that is short of space may clear the forms away.
      await navigator.storage.persist()
      await store.changeDevice({ takesAlong: true })
    },
    follow: news.follow,
  }
}

/** Takes away what was sent a while ago, drafts that nobody went on with, and answers that were kept long enough. */
async function tidy(store: OfflineStore): Promise<void> {
  const now = deviceNow()
  await store.dropAnswers({ before: hoursBefore(now, keptHours) })
  for (const { key, state, at } of await store.forms()) {
    const hours = state === 'sent' ? sentHours : state === 'draft' ? draftHours : undefined
    if (hours !== undefined && at < hoursBefore(now, hours)) await store.changeForm(key, () => undefined)
  }
}

/** Tells this window and the others of the region what has happened in the outbox. */
function createNews(region: string) {
  const listeners = new Set<(news: OutboxNews) => void>()
  const channel = new BroadcastChannel(`tongban-outbox-${region}`)
  const tellHere = (news: OutboxNews) => {
    for (const listener of listeners) listener(news)
  }
  // Either window may be closed at any moment: both send, one after the other.
  channel.onmessage = ({ data }) => tellHere(data === 'finished' ? 'finished' : 'changed')
  return {
    tell(news: OutboxNews) {
      tellHere(news)
      channel.postMessage(news)
    },
    follow(listener: (news: OutboxNews) => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
