import { useQuery } from '@tanstack/react-query'
import type { AnswerOf, CaseRow } from './api-types.ts'
import { liveOn } from './live-updates.tsx'
import { useApi } from './node-context.tsx'

/** The cases of the person one acts as, newest first. */
export function useMyCases() {
  const api = useApi()
  return useQuery({
    queryKey: ['my cases'],
    queryFn: async () => (await api.get<AnswerOf<'GET /me/cases'>>('/me/cases')).items,
    meta: liveOn('cases'),
  })
}

/** True where the next step is the person's. */
export function isMyTurn({ waitsFor, closedAt }: CaseRow): boolean {
  return closedAt === null && (waitsFor === 'applicant' || waitsFor === 'person')
}
