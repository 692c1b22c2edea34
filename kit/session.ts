import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Api, ApiProblem } from './api.ts'
import type { Me } from './api-types.ts'
import { forgetTab } from './kept-in-tab.ts'
import { useSpeech } from './language.tsx'
import { useApi } from './node-context.tsx'
import { signInByPasskey } from './passkeys.ts'

/** What one acts as: through an assignment, as oneself, or for somebody who gave the authority. */
export type Acting = { assignmentId: string } | { person: true; onBehalfOf?: string }

const meKey = ['me']
const endedKey = ['session ended']
const overKey = ['authority over']

/**
 * Who is signed in on this node, as the server sees them; `null` for nobody. `undefined` while it is asked. Whose session ended by itself is still
 * the one the pages are shown to (`useSessionEnded`), so that nothing typed is lost; the server gives them nothing any more.
 */
export function useMe() {
  const api = useApi()
  const queries = useQueryClient()
  return useQuery({ queryKey: meKey, queryFn: () => findMe(api, queries), staleTime: 30_000 })
}

/** True while the pages of somebody are shown whose session has ended by itself. */
export function useSessionEnded(): boolean {
  const { data } = useQuery({ queryKey: endedKey, queryFn: () => false, staleTime: Number.POSITIVE_INFINITY })
  return data ?? false
}

/** See `useSessionEnded`; for what only follows the queries. */
export function isSessionEnded(queries: QueryClient): boolean {
  return queries.getQueryData(endedKey) === true
}

/** Looks again who is signed in where an answer said that nobody is. */
export function noticeEndedSession(queries: QueryClient, error: Error): void {
  if (isAuthorityOver(error)) void queries.invalidateQueries({ queryKey: meKey })
  if (!(error instanceof ApiProblem) || error.problem.status !== 401) return
  if (queries.getQueryData(meKey) && !queries.getQueryData(endedKey))
    void queries.invalidateQueries({ queryKey: meKey })
}

/** The signed-in user, on pages that are only shown to one. */
export function useSignedIn(): Me {
  const { data } = useMe()
  if (!data) throw new Error('a page for signed-in users was shown to nobody')
  return data
}

async function findMe(api: Api, queries: QueryClient): Promise<Me | null> {
  try {
    const me = await api.get<Me>('/me')
    queries.setQueryData(endedKey, false)
    return me
  } catch (error) {
    if (isAuthorityOver(error)) return await actForOneself(api, queries)
    if (!(error instanceof ApiProblem) || error.problem.status !== 401) throw error
    const before = queries.getQueryData<Me | null>(meKey) ?? null
    queries.setQueryData(endedKey, before !== null)
    return before
  }
}

function isAuthorityOver(error: unknown): boolean {
  return error instanceof ApiProblem && error.problem.code === 'authority_over'
}

/** Whoever acted by an authority that is over acts for themselves from now on: nothing of the other is shown any more, and they are told. */
async function actForOneself(api: Api, queries: QueryClient): Promise<Me> {
  await api.post('/session/acting', { person: true })
  const me = await api.get<Me>('/me')
  queries.setQueryData(overKey, true)
  void queries.resetQueries({
    predicate: ({ queryKey }) => ![meKey, endedKey, overKey].some(([name]) => name === queryKey[0]),
  })
  return me
}

/** Whether one was just put back to oneself because the authority by which one acted is over; until it was read. */
export function useAuthorityOver(): { isOver: boolean; read(): void } {
  const queries = useQueryClient()
  const { data } = useQuery({ queryKey: overKey, queryFn: () => false, staleTime: Number.POSITIVE_INFINITY })
  return { isOver: data ?? false, read: () => queries.setQueryData(overKey, false) }
}

/** Signing in by password or passkey, in the demo world by login alone; signing out; acting as somebody else. Each starts from clean pages. */
export function useSessionChanges() {
  const api = useApi()
  const speech = useSpeech()
  const queries = useQueryClient()
  const onSuccess = async () => {
    forgetTab()
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== meKey[0] })
    await queries.invalidateQueries({ queryKey: meKey })
  }
  return {
    signIn: useMutation({
      mutationFn: (credentials: { login: string; password: string }) => api.post('/session', credentials),
      onSuccess,
    }),
    signInByPasskey: useMutation({ mutationFn: () => signInByPasskey(api, speech), onSuccess }),
    signInToDemo: useMutation({ mutationFn: (login: string) => api.post('/session/demo', { login }), onSuccess }),
    signOut: useMutation({
      mutationFn: () => api.delete('/session'),
      onSuccess: () => {
        queries.setQueryData(meKey, null)
        return onSuccess()
      },
    }),
    actAs: useMutation({ mutationFn: (acting: Acting) => api.post('/session/acting', acting), onSuccess }),
  }
}

/** How somebody proves again who they are: by password or passkey, in the demo world by a click. */
export type Proof = { login: string; password: string } | { passkey: true } | { demo: true }

/**
 * Signing in again after a session ended by itself: as the same user, acting as before, on the page as it stands. Whoever else signs in gets clean
 * pages.
 */
export function useSignInAgain(me: Me) {
  const api = useApi()
  const speech = useSpeech()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (proof: Proof) => {
      if ('demo' in proof) await api.post('/session/demo', { login: me.user.login })
      else if ('passkey' in proof) await signInByPasskey(api, speech)
      else await api.post('/session', proof)
      const now = await api.get<Me>('/me')
      if (now.user.userId !== me.user.userId) window.location.reload()
      else await api.post('/session/acting', actingOf(me))
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: meKey }),
  })
}

function actingOf({ acting }: Me): Acting {
  if (acting.assignmentId !== null) return { assignmentId: acting.assignmentId }
  return { person: true, ...(acting.onBehalfOf !== null && { onBehalfOf: acting.onBehalfOf }) }
}
