import { type AnswerOf, type BothLanguages, useBenefits } from '../../kit/door.ts'
import { servicePages } from './service-parts.ts'

/** A way into a service: a page of this portal. */
export type Way = { to: string; title: BothLanguages }

type Service = AnswerOf<'GET /services'>['items'][number]

/** A public service as residents find it, with the ways into it; none where residents have nothing to do, or another region offers it. */
export type DirectoryEntry = Service & { ways: readonly Way[] }

/** Public services with their ways in, as far as they are read. */
export function useDirectory(services: readonly Service[]): DirectoryEntry[] {
  const { data: benefits } = useBenefits()
  return services.map((item) => {
    if (!item.isOffered) return { ...item, ways: [] }
    const offers = benefits?.items.filter(({ service, applicant }) => service === item.id && applicant === 'person')
    const ofBenefits = (offers ?? []).map(({ flow, title }) => ({ to: `/benefits/${flow}`, title }))
    return { ...item, ways: [...pagesOf(item.id), ...ofBenefits] }
  })
}

function pagesOf(service: string): Way[] {
  return servicePages
    .filter((page) => page.service === service && !page.path.includes(':'))
    .map(({ path, title }) => ({ to: path, title }))
}
