import { useQuery } from '@tanstack/react-query'
import type { AnswerOf, Region } from './api-types.ts'
import { useSpeech } from './language.tsx'
import { useApi } from './node-context.tsx'

/** The regions directly under one; the provinces for `000000`. Not asked for while `under` is undefined. */
export function useRegionsUnder(under: string | undefined) {
  const api = useApi()
  return useQuery({
    queryKey: ['regions under', under],
    queryFn: async () => (await api.get<AnswerOf<'GET /regions'>>('/regions', { under })).items,
    enabled: under !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** The name of a region in the reader's language; its code until it is known. */
export function useRegionName(code: string): string {
  const api = useApi()
  const { say } = useSpeech()
  const { data } = useQuery({
    queryKey: ['region', code],
    queryFn: () => api.get<Region>(`/regions/${code}`),
    enabled: /^\d{6}$/.test(code),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data ? say(data.name) : code
}

/** The name of a region in running text. */
export function RegionName({ code }: { code: string }) {
  return useRegionName(code)
}
