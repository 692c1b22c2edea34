import { standingCase } from '../../../kit/door.ts'
import { supportForm } from './form.ts'

/** An application on its person's case page. */
export const casePart = standingCase(supportForm)
