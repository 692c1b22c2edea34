import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect } from 'react'
import { useSignedIn } from '../session.ts'
import type { Offline } from './offline.ts'
import type { OutboxForm } from './outbox.ts'

const OfflineContext = createContext<Offline | undefined>(undefined)

/** Puts working offline within reach of the pages inside; undefined where the browser cannot. */
export function OfflineProvider({ offline, children }: { offline: Offline | undefined; children: ReactNode }) {
  return <OfflineContext value={offline}>{children}</OfflineContext>
}

/** Working offline; undefined where the browser cannot, and forms are then sent as they are filled in. */
export function useOffline(): Offline | undefined {
  return useContext(OfflineContext)
}

const formsKey = ['outbox']
const none: readonly OutboxForm[] = []

/**
 * The forms of the signed-in user on this device, in the order in which they were finished; read anew whenever one changes. Undefined until they
 * are read.
 */
export function useOutboxForms(): readonly OutboxForm[] | undefined {
  return useOutboxQuery().data
}

/** See `useOutboxForms`; an error where the browser gives no store, as in a private window. */
export function useOutboxQuery() {
  const offline = useOffline()
  const { user } = useSignedIn()
  return useQuery({
    queryKey: [...formsKey, user.userId],
    queryFn: () => offline?.outbox.formsOf(user.userId) ?? none,
    networkMode: 'always',
    staleTime: 0,
    gcTime: 0,
  })
}

/** Sends while the pages are open: at once when a form is finished or the connection is back, and again until everything has been answered. */
export function OutboxSender() {
  const { user, acting } = useSignedIn()
  // Whoever signs in or changes their post may have forms that waited for that.
  return <Sender key={`${user.userId} ${acting.assignmentId}`} />
}

function Sender() {
  const offline = useOffline()
  const queries = useQueryClient()
  useEffect(() => {
    if (!offline) return
    return keepSending(offline, {
      onChange: () => void queries.invalidateQueries({ queryKey: formsKey }),
      onSettled: () => void queries.invalidateQueries(),
    })
  }, [offline, queries])
  return null
}

/** After a try without an answer. */
const nextTryMs = 15_000

function keepSending(offline: Offline, told: { onChange: () => void; onSettled: () => void }): () => void {
  let timer: number | undefined
  let isStopped = false
  const send = async () => {
    window.clearTimeout(timer)
    const { settled, isLeft } = await offline.outbox.send()
    if (isStopped) return
    if (settled > 0) told.onSettled()
    window.clearTimeout(timer)
    if (isLeft) timer = window.setTimeout(send, nextTryMs)
  }
  const stopFollowing = offline.follow((news) => {
    told.onChange()
    if (news === 'finished') void send()
  })
  window.addEventListener('online', send)
  void send()
  return () => {
    isStopped = true
    window.clearTimeout(timer)
    stopFollowing()
    window.removeEventListener('online', send)
  }
}
