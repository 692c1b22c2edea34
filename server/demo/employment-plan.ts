import type { BothLanguages } from '../../ground/door.ts'
import type { BankClass, EntityKind, SizeClass } from '../../people/door.ts'
import type { PartyList } from '../../registers/door.ts'

/** What a node of the demo world knows of work and of unemployment insurance. Everybody and everything in it is invented. */
export type DemoEmployment = {
  banks: DemoBank[]
  businesses: DemoBusiness[]
  /** Employers without a story beside those: so many, of all kinds and sizes. */
  otherBusinesses: number
  workers: DemoWorker[]
}

/** A bank (`institution:<name>`); its officer signs in as `<name>-officer`. */
export type DemoBank = { name: string; title: string; bankClass: BankClass; region: string }

/** An employer of a story (`employer:<name>`); its officer signs in as `<name>-officer`. */
export type DemoBusiness = {
  name: string
  title: string
  /** The agency by its name. */
  agency: string
  entityKind: EntityKind
  sizeClass: SizeClass
  /** People insured in December of 2023, 2024 and 2025; in the other months as in December of their year, in 2026 as in 2025. */
  headcounts: readonly [number, number, number]
  /** The last so many months are paid in full, and before them nothing is recorded; all since December 2023 where left out. */
  monthsPaid?: number
  /** A month that was not paid. */
  unpaidMonth?: string
  /** Layoffs by year. */
  layoffs?: Record<string, number>
  list?: PartyList
  /** The worker whom it belongs to. */
  owner?: string
  story: BothLanguages
}

/** Somebody of a story (`person:<name>`), who signs in by that name. */
export type DemoWorker = {
  name: string
  title: string
  agency: string
  sex: 'female' | 'male'
  bornOn: string
  job?: { business: string; from: string; occupation: string; ended?: { to: string; reason: string } }
  /** Unemployment insurance was paid for the last so many months of the job. */
  monthsPaid?: number
  certificates?: readonly { occupation: string; level: 1 | 2 | 3 | 4 | 5; issuedOn: string }[]
  story: BothLanguages
}
