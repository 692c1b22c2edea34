import { standingCase } from '../../../kit/door.ts'
import { registrationForm } from './form.ts'

/** A registration on its person's case page. */
export const casePart = standingCase(registrationForm)
