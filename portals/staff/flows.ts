import { useQuery } from '@tanstack/react-query'
import { type BothLanguages, type Flow, useApi } from '../../kit/door.ts'

/** A flow with the titles of its steps, for histories. */
export type FlowInWords = Flow & { steps?: Record<string, { title: BothLanguages }> }

/** The flows of this node with the names of their statuses, steps and deadlines; every version, newest last. */
export function useFlows() {
  const api = useApi()
  return useQuery({
    queryKey: ['flows'],
    queryFn: async () => (await api.get<{ items: FlowInWords[] }>('/flows')).items,
    staleTime: Number.POSITIVE_INFINITY,
  })
}
