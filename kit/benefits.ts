import { useQuery } from '@tanstack/react-query'
import type { AnswerOf, BenefitBatches, BenefitOffer } from './api-types.ts'
import { useApi } from './node-context.tsx'

/** What one can apply for on this node, and the flows of its bank batches. */
export function useBenefits() {
  const api = useApi()
  return useQuery({
    queryKey: ['benefits'],
    queryFn: () => api.get<AnswerOf<'GET /benefits'>>('/benefits'),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

type Services = AnswerOf<'GET /services'>['items']

/** Every public service there is, those of other regions too. */
export function useServices() {
  return useServicesAs((items) => items)
}

/** The public services that this node offers. */
export function useOfferedServices() {
  return useServicesAs(offered)
}

const offered = (items: Services) => items.filter(({ isOffered }) => isOffered)

function useServicesAs(select: (items: Services) => Services) {
  const api = useApi()
  return useQuery({
    queryKey: ['services'],
    queryFn: async () => (await api.get<AnswerOf<'GET /services'>>('/services')).items,
    select,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** The benefit of a flow; undefined while benefits are being read, and for flows of other kinds. */
export function useBenefitOf(flow: string): BenefitOffer | undefined {
  return useBenefits().data?.items.find((offer) => offer.flow === flow)
}

/** The bank batches of a flow; undefined while they are being read, and for flows of other kinds. */
export function useBatchesOf(flow: string): BenefitBatches | undefined {
  return useBenefits().data?.payments.find((batches) => batches.flow === flow)
}

/** What registers know of an applicant, and what remains to be asked. `partyId`: whom an officer of the counter asks for. */
export function useKnown(flow: string, partyId?: string) {
  const api = useApi()
  return useQuery({
    queryKey: ['known', flow, partyId],
    queryFn: () =>
      api.post<AnswerOf<'POST /benefits/{flow}/known'>>(
        `/benefits/${flow}/known`,
        partyId === undefined ? {} : { partyId },
      ),
    retry: false,
    // Every reading of registers is in the person's access log.
    staleTime: 300_000,
  })
}

/** What the rule would say of an application now; nothing is kept. */
export function useBenefitPreview(flow: string, asked: { partyId?: string; answers: Record<string, unknown> }) {
  const api = useApi()
  return useQuery({
    queryKey: ['benefit preview', flow, asked],
    queryFn: () => api.post<AnswerOf<'POST /benefits/{flow}/preview'>>(`/benefits/${flow}/preview`, asked),
    retry: false,
    // Every reading of registers is in the person's access log.
    staleTime: 300_000,
  })
}
