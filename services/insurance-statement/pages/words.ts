import { defineWords } from '../../../kit/door.ts'

/** This service's id, for the addresses of its operations. */
export const serviceId = 'insurance-statement'

/** Names of the insurances, as pages of residents and of staff say them. */
export const insuranceWords = defineWords({
  pension: { zh: '职工养老保险', en: 'Employees’ pension' },
  resident_pension: { zh: '城乡居民养老保险', en: 'Resident pension' },
  medical: { zh: '医疗保险', en: 'Medical insurance' },
  unemployment: { zh: '失业保险', en: 'Unemployment insurance' },
  work_injury: { zh: '工伤保险', en: 'Work-injury insurance' },
})

/** An insurance by the code that the registers have for it. */
export type InsuranceName = keyof typeof insuranceWords

/** Which paper somebody wants, and what for. */
export type Wanted = { kind: 'statement'; year: number; purpose: string } | { kind: 'proof'; purpose: string }

/** A paper that was issued. */
export type Issued = { certificateId: string; code: string }
