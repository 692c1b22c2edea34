import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Api, ApiProblem } from './api.ts'
import type { Me } from './api-types.ts'
import { useApi } from './node-context.tsx'

/** What one acts as: through an assignment, as oneself, or for somebody who gave the authority. */
export type Acting = { assignmentId: string } | { person: true; onBehalfOf?: string }

const meKey = ['me']

/** Who is signed in on this node, as the server sees them; `null` for nobody. `undefined` while it is asked. */
export function useMe() {
  const api = useApi()
  return useQuery({ queryKey: meKey, queryFn: () => findMe(api), staleTime: 30_000 })
}

/** The signed-in user, on pages that are only shown to one. */
export function useSignedIn(): Me {
  const { data } = useMe()
  if (!data) throw new Error('a page for signed-in users was shown to nobody')
  return data
}

async function findMe(api: Api): Promise<Me | null> {
  try {
    return await api.get<Me>('/me')
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.status === 401) return null
    throw error
  }
}

/** Signing in by password, in the demo world by login alone; signing out; acting as somebody else. Each starts from clean pages. */
export function useSessionChanges() {
  const api = useApi()
  const queries = useQueryClient()
  const onSuccess = async () => {
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== meKey[0] })
    await queries.invalidateQueries({ queryKey: meKey })
  }
  return {
    signIn: useMutation({
      mutationFn: (credentials: { login: string; password: string }) => api.post('/session', credentials),
      onSuccess,
    }),
    signInToDemo: useMutation({ mutationFn: (login: string) => api.post('/session/demo', { login }), onSuccess }),
    signOut: useMutation({ mutationFn: () => api.delete('/session'), onSuccess }),
    actAs: useMutation({ mutationFn: (acting: Acting) => api.post('/session/acting', acting), onSuccess }),
  }
}
