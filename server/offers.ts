import type { Transaction } from 'kysely'
import {
  addDays,
  asActor,
  type BothLanguages,
  type Id,
  inTransaction,
  type Node,
  type PlainDate,
  Refusal,
  systemActor,
  type Work,
} from '../ground/door.ts'
import { type RegisterEvent, registerEvents } from '../people/door.ts'
import type { OfferedOccasion, OfferRule } from '../services/contract.ts'
import type { InstalledService } from './node.ts'
import type { ServerTables } from './tables.ts'

/** Something that a person may do now, because of what happened in the registers on a day. */
export type Offer = {
  offerId: Id
  service: string
  title: BothLanguages
  text: BothLanguages
  /** What is paid for it in whole fen; null where that is not certain. */
  amountFen: number | null
  path: string
  on: PlainDate
}

/** How far back the first search goes; later ones look so far behind the last, since records come late. */
const firstSearchDays = 365
const lateDays = 31

const purpose = 'offers'

function tables(work: Work): Transaction<ServerTables> {
  return work.db.$extendTables<ServerTables>()
}

/**
 * Looks once a day, for each rule of each service, at what has happened in the registers, and offers what is due (B1.09). Each rule is a transaction
 * of its own; the same event is offered once, however often it is found.
 */
export async function findOffers(node: Node, services: readonly InstalledService[]): Promise<void> {
  for (const { id, parts } of services) {
    for (const rule of parts.offers ?? []) {
      await inTransaction(node, systemActor, (work) => findOffersOf(work, id, rule), 'offers')
    }
  }
}

async function findOffersOf(work: Work, service: string, rule: OfferRule): Promise<void> {
  const searched = await lastSearch(work, service, rule.id)
  if (searched === work.today) return
  const from = searched === undefined ? addDays(work.today, -firstSearchDays) : addDays(searched, -lateDays)
  const events = await registerEvents(work, { ...rule.event, from, to: work.today }, purpose)
  const unwanted = await peopleWithoutOffers(work)
  const known = await eventsOffered(work, service, rule.id)
  for (const event of events) {
    if (unwanted.has(event.personId) || known.has(`${event.personId} ${event.reference}`)) continue
    if (await rule.isDue(work, event)) await keepOffer(work, service, rule.id, event)
  }
  await tables(work)
    .insertInto('server.offer_search')
    .values({ service, rule: rule.id, on_day: work.today, searched_at: work.now })
    .execute()
}

async function lastSearch(work: Work, service: string, rule: string): Promise<PlainDate | undefined> {
  const row = await tables(work)
    .selectFrom('server.offer_search')
    .select('on_day')
    .where('service', '=', service)
    .where('rule', '=', rule)
    .orderBy('on_day', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.on_day
}

async function eventsOffered(work: Work, service: string, rule: string): Promise<ReadonlySet<string>> {
  const rows = await tables(work)
    .selectFrom('server.offer')
    .select(['person_id', 'reference'])
    .where('service', '=', service)
    .where('rule', '=', rule)
    .execute()
  return new Set(rows.map(({ person_id, reference }) => `${person_id} ${reference}`))
}

async function keepOffer(work: Work, service: string, rule: string, event: RegisterEvent): Promise<void> {
  const { personId, agency, kind, reference, on } = event
  await tables(work)
    .insertInto('server.offer')
    .values({
      ...{ id: work.newId(), service, rule, person_id: personId, agency, kind, reference },
      ...{ on_day: on, offered_at: work.now },
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What is offered to a person and still worth doing, newest first; nothing to whoever switched offers off. */
export async function offersOf(work: Work, services: readonly InstalledService[], personId: Id): Promise<Offer[]> {
  if (!(await wantsOffers(work, personId))) return []
  const rows = await tables(work)
    .selectFrom('server.offer as offer')
    .leftJoin('server.offer_dismissal as dismissal', 'dismissal.offer_id', 'offer.id')
    .selectAll('offer')
    .where('offer.person_id', '=', personId)
    .where('dismissal.offer_id', 'is', null)
    .orderBy('offer.offered_at', 'desc')
    .orderBy('offer.id', 'desc')
    .limit(20)
    .execute()
  const offers: Offer[] = []
  for (const row of rows) {
    const installed = services.find(({ id }) => id === row.service)
    const rule = installed?.parts.offers?.find(({ id }) => id === row.rule)
    const { kind, agency, reference, on_day: on } = row
    const event = { kind, personId, agency, reference, on }
    // A rule that is gone offers nothing; what was done meanwhile is not offered again.
    const due = rule !== undefined && (await asActor(work, systemActor, (node) => rule.isDue(node, event)))
    if (!due) continue
    const { title, path } = rule
    const { text, amountFen }: OfferedOccasion = due === true ? { text: rule.text } : due
    offers.push({ offerId: row.id, service: row.service, title, text, amountFen: amountFen ?? null, path, on })
  }
  return offers
}

/** Puts an offer away for good. Refuses `offer_not_found`. */
export async function dismissOffer(work: Work, personId: Id, offerId: Id): Promise<void> {
  const offer = await tables(work)
    .selectFrom('server.offer')
    .select('id')
    .where('id', '=', offerId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (!offer) throw new Refusal('offer_not_found')
  await tables(work)
    .insertInto('server.offer_dismissal')
    .values({ offer_id: offerId, dismissed_at: work.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Switches offers on or off for a person; while they are off, their registers are not looked at for this. */
export async function chooseOffers(
  work: Work,
  { personId, wanted, chosenBy }: { personId: Id; wanted: boolean; chosenBy: Id },
): Promise<void> {
  await tables(work)
    .insertInto('server.offer_choice')
    .values({ person_id: personId, wanted, chosen_by: chosenBy, chosen_at: work.now })
    .execute()
}

/** Whether a person wants to be offered anything; they are until they say no. */
export async function wantsOffers(work: Work, personId: Id): Promise<boolean> {
  const row = await tables(work)
    .selectFrom('server.offer_choice')
    .select('wanted')
    .where('person_id', '=', personId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.wanted ?? true
}

async function peopleWithoutOffers(work: Work): Promise<ReadonlySet<Id>> {
  const rows = await tables(work)
    .selectFrom('server.offer_choice')
    .select(['person_id', 'wanted'])
    .distinctOn('person_id')
    .orderBy('person_id')
    .orderBy('seq', 'desc')
    .execute()
  return new Set(rows.flatMap(({ person_id, wanted }) => (wanted ? [] : person_id)))
}
