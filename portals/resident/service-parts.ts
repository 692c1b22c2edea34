import { type CasePart, casePartsOf, type ServicePage, servicePagesOf } from '../../kit/door.ts'

/** The pages that services add for residents, in their order. Whoever imports this file is loaded when it is wanted: it holds the pages of all services. */
export const servicePages = servicePagesOf(
  import.meta.glob<{ page: ServicePage }>('../../services/*/pages/resident-*.page.tsx', { eager: true }),
)

/** What services show of their cases, by flow. */
export const caseParts = casePartsOf(
  import.meta.glob<{ casePart: CasePart }>('../../services/*/pages/resident-*.case.tsx', { eager: true }),
)
