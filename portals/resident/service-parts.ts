import {
  type CasePart,
  casePartsOf,
  type HomePart,
  homePartsOf,
  type ServicePage,
  servicePagesOf,
} from '../../kit/door.ts'

/** The pages that services add for residents, in their order. */
export const servicePages = servicePagesOf(
  import.meta.glob<{ page: ServicePage }>('../../services/*/pages/resident-*.page.tsx', { eager: true }),
)

/** What services show of their cases, by flow. */
export const caseParts = casePartsOf(
  import.meta.glob<{ casePart: CasePart }>('../../services/*/pages/resident-*.case.tsx', { eager: true }),
)

/** What services say on a resident's home. */
export const homeParts = homePartsOf(
  import.meta.glob<{ homePart: HomePart }>('../../services/*/pages/resident-*.home.tsx', { eager: true }),
)
