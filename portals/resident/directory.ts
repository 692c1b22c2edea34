import { useQuery } from '@tanstack/react-query'
import { type AnswerOf, type BothLanguages, useApi, useBenefits } from '../../kit/door.ts'
import { servicePages } from './service-parts.ts'

/** A way into a service: a page of this portal. */
export type Way = { to: string; title: BothLanguages }

/** A public service as residents find it, with the ways into it; none where residents have nothing to do. */
export type DirectoryEntry = AnswerOf<'GET /services'>['items'][number] & { ways: readonly Way[] }

/** Every public service of the region, those for residents first told by their ways in. */
export function useDirectory() {
  const api = useApi()
  const { data: benefits } = useBenefits()
  return useQuery({
    queryKey: ['directory', benefits],
    enabled: benefits !== undefined,
    queryFn: async () => {
      const { items } = await api.get<AnswerOf<'GET /services'>>('/services')
      const offered = items.filter(({ isOffered }) => isOffered)
      return offered.map((item): DirectoryEntry => ({ ...item, ways: [...pagesOf(item.id), ...benefitsOf(item.id)] }))
    },
  })

  function benefitsOf(service: string): Way[] {
    return (benefits?.items ?? [])
      .filter((offer) => offer.service === service && offer.applicant === 'person')
      .map(({ flow, title }) => ({ to: `/benefits/${flow}`, title }))
  }
}

function pagesOf(service: string): Way[] {
  return servicePages
    .filter((page) => page.service === service && !page.path.includes(':'))
    .map(({ path, title }) => ({ to: path, title }))
}
