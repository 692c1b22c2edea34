import { type HomePart, homePartsOf } from '../../kit/door.ts'

/** What services say on a resident's home. */
export const homeParts = homePartsOf(
  import.meta.glob<{ homePart: HomePart }>('../../services/*/pages/resident-*.home.tsx', { eager: true }),
)
