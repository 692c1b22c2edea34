import { useQuery } from '@tanstack/react-query'
import { type BothLanguages, useApi, useSpeech } from '../../kit/door.ts'

/** A role and the duty it belongs to; duties exclude each other. */
export type Role = {
  code: string
  kind: 'staff' | 'institution' | 'employer'
  duty: string | null
  title: BothLanguages
}

/** Two roles that one user must not hold at the same time. */
export type ExclusivePair = { first: string; second: string; source: string; assumed: boolean }

/** The roles and the pairs that exclude each other. */
export function useRoles() {
  const api = useApi()
  return useQuery({
    queryKey: ['roles'],
    queryFn: () => api.get<{ roles: Role[]; exclusivePairs: ExclusivePair[] }>('/roles'),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Titles of roles by code; nothing while they are being read. */
export function useRoleTitles(): (code: string) => string {
  const { say } = useSpeech()
  const { data } = useRoles()
  return (code) => {
    const role = data?.roles.find((each) => each.code === code)
    return role ? say(role.title) : data ? code : ''
  }
}
