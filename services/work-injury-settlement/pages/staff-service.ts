import { type Teller, useTeller } from '../../../kit/door.ts'

/** This service's id, for its messages and the addresses of its operations. */
export const serviceId = 'work-injury-settlement'

/** Where its operations stand. */
export const servicePath = `/services/${serviceId}`

/** Tells this service's codes in words. */
export function useServiceTeller(): Teller & { choice: (value: string | null) => string } {
  const teller = useTeller(serviceId)
  return { ...teller, choice: (value) => (value === null ? '—' : (teller.find(`choices.${value}`) ?? value)) }
}

/** The region of the hub, which states who owes whom. */
export const hub = '000000'
