import * as listed from 'virtual:service-pages/resident'
import { casePartsOf, servicePagesOf } from '../../kit/door.ts'

/** The pages that services add for residents, in their order. */
export const servicePages = servicePagesOf(listed.pages)

/** What services show of their cases, by flow. */
export const caseParts = casePartsOf(listed.caseParts)
