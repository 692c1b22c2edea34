import { standingCase } from '../../../kit/door.ts'
import { placeForm } from './form.ts'

/** A place on its person's case page. */
export const casePart = standingCase(placeForm)
