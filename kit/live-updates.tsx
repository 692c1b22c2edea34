import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useSyncExternalStore } from 'react'
import type { AnswerOf, Me } from './api-types.ts'
import { useApi } from './node-context.tsx'
import { isSessionEnded } from './session.ts'

/** A kind of data that the server tells of when it changes. */
export type LiveKind = AnswerOf<'GET /changes'>[number]

/** Marks a query as one of these kinds of data: it is read again when the server says that they changed. `useQuery({ ..., meta: liveOn('cases') })`. */
export function liveOn(...kinds: LiveKind[]): { live: readonly LiveKind[] } {
  return { live: kinds }
}

/** Where the server cannot be listened to, what is shown is read again this often. */
const withoutStreamMilliseconds = 30_000
const againMilliseconds = 15_000

/**
 * Keeps what a signed-in page shows up to date: listens to the server while the page is seen, and reads again what it says has changed. A page that
 * nobody sees holds no connection, of which a browser has few. Shows nothing.
 */
export function LiveUpdates() {
  const api = useApi()
  const queries = useQueryClient()
  const actsAs = useActsAs(queries)
  useEffect(() => {
    if (actsAs === undefined) return
    return listenWhileSeen(api.href('/changes'), queries)
  }, [api, queries, actsAs])
  return null
}

/** Who is signed in and as what they act, in a word, and nobody while their session has ended; asked elsewhere, only followed here. */
function useActsAs(queries: QueryClient): string | undefined {
  const subscribe = useCallback((notify: () => void) => queries.getQueryCache().subscribe(notify), [queries])
  return useSyncExternalStore(subscribe, () => {
    const me = queries.getQueryData<Me | null>(['me'])
    if (!me || isSessionEnded(queries)) return undefined
    return `${me.user.userId} ${me.acting.assignmentId} ${me.acting.onBehalfOf}`
  })
}

function listenWhileSeen(address: string, queries: QueryClient): () => void {
  let source: EventSource | undefined
  let again: number | undefined
  const isListening = () => source?.readyState === EventSource.OPEN
  const close = () => {
    window.clearTimeout(again)
    source?.close()
    source = undefined
  }
  const open = () => {
    close()
    if (document.visibilityState === 'hidden') return
    source = new EventSource(address)
    source.addEventListener('changed', ({ data }) => readAgain(queries, kindsIn(data)))
    source.addEventListener('ended', () => {
      close()
      void queries.invalidateQueries({ queryKey: ['me'] })
    })
    // The browser comes back by itself after a lost connection, and not after an answer that was no stream.
    source.addEventListener('error', () => {
      if (source?.readyState !== EventSource.CLOSED) return
      // Perhaps whoever acted for somebody may do so no more.
      void queries.invalidateQueries({ queryKey: ['me'] })
      again = window.setTimeout(open, againMilliseconds)
    })
  }
  const poll = window.setInterval(() => {
    if (document.visibilityState === 'visible' && !isListening()) readAgain(queries)
  }, withoutStreamMilliseconds)
  document.addEventListener('visibilitychange', open)
  open()
  return () => {
    document.removeEventListener('visibilitychange', open)
    window.clearInterval(poll)
    close()
  }
}

/** Reads again what is shown and is of these kinds; without any, everything that is kept up to date. */
function readAgain(queries: QueryClient, kinds?: readonly string[]): void {
  void queries.invalidateQueries({
    predicate: ({ meta }) =>
      Array.isArray(meta?.live) && (kinds === undefined || meta.live.some((kind) => kinds.includes(kind))),
  })
}

function kindsIn(data: unknown): string[] {
  const kinds: unknown = JSON.parse(String(data))
  return Array.isArray(kinds) ? kinds.map(String) : []
}
