import { standingCase } from '../../../kit/door.ts'
import { placementForm } from './form.ts'

/** A placement on its person's case page. */
export const casePart = standingCase(placementForm)
