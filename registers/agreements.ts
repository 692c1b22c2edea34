import { z } from 'zod'
import {
  actorUserId,
  BadInput,
  type Id,
  type PlainDate,
  parseInput,
  Refusal,
  schemaDate,
  schemaId,
  type Work,
} from '../ground/door.ts'
import { getRegion, provinceOf, type RegionCode } from '../law/door.ts'
import { spansOverlap } from './spans.ts'
import { type AgreementKind, tables } from './tables.ts'
import { lockRegister, requireWriter } from './writers.ts'

const agreementKind = z.enum(['medical', 'rehabilitation', 'device'])

/** An agreement of an agency with an institution: agreed, then connected, then live; `endedOn` is its last day (A1.07). */
export const agreementFields = z.strictObject({
  institutionId: schemaId,
  kind: agreementKind,
  region: z.string(),
  agreedOn: schemaDate,
  connectedOn: schemaDate.exactOptional(),
  liveOn: schemaDate.exactOptional(),
  endedOn: schemaDate.exactOptional(),
  source: z.string().min(1),
})

/** An agreement as it is kept. `region` is where the institution is. */
export type Agreement = z.infer<typeof agreementFields> & { id: Id }

/** How far an agreement is on a day; `none` where there is none yet. Only at a `live` institution is a bill settled directly. */
export type AgreementStatus = 'none' | 'agreed' | 'connected' | 'live' | 'ended'

/** The steps that come after the agreement; each date is set once. */
export const agreementSteps = agreementFields.pick({ connectedOn: true, liveOn: true, endedOn: true })

/** See `agreementSteps`, its parser. */
export type AgreementSteps = z.infer<typeof agreementSteps>

/**
 * Records an agreement and returns its id. Throws `BadInput` for dates out of order, `Refusal` `agreement_exists` while another of the same kind
 * with the institution runs, `register_writer_needed`.
 */
export async function recordAgreement(work: Work, input: unknown): Promise<Id> {
  const agreement = parseInput(agreementFields, input)
  getRegion(agreement.region)
  await requireWriter(work, 'agreement', agreement.region)
  requireOrder(agreement)
  const { institutionId, kind } = agreement
  await lockRegister(work, 'agreement', institutionId)
  const running = (await listAgreements(work, { institutionId, kind })).find((other) =>
    spansOverlap(spanOf(other), spanOf(agreement)),
  )
  if (running !== undefined) throw new Refusal('agreement_exists', { params: { agreedOn: running.agreedOn } })
  const id = work.newId()
  await tables(work)
    .insertInto('registers.agreement')
    .values({
      id,
      institution_id: institutionId,
      kind,
      region: agreement.region,
      agreed_on: agreement.agreedOn,
      connected_on: agreement.connectedOn ?? null,
      live_on: agreement.liveOn ?? null,
      ended_on: agreement.endedOn ?? null,
      source: agreement.source,
      recorded_by: actorUserId(work.actor),
      recorded_at: work.now,
    })
    .execute()
  return id
}

/**
 * Records that an institution was connected, went live, or that its agreement ends. Throws `Refusal` `agreement_not_found`,
 * `agreement_date_already_set` (the database refuses it too), `register_writer_needed`; `BadInput` for dates out of order.
 */
export async function advanceAgreement(work: Work, id: Id, input: unknown): Promise<Agreement> {
  const steps = parseInput(agreementSteps, input)
  const row = await agreements(work).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('agreement_not_found')
  const kept = readAgreement(row)
  await requireWriter(work, 'agreement', kept.region)
  for (const step of ['connectedOn', 'liveOn', 'endedOn'] as const) {
    const before = kept[step]
    if (before !== undefined && steps[step] !== undefined && steps[step] !== before) {
      throw new Refusal('agreement_date_already_set', { params: { step, beforeOn: before } })
    }
  }
  const advanced: Agreement = { ...kept, ...steps }
  requireOrder(advanced)
  const { connectedOn = null, liveOn = null, endedOn = null } = advanced
  await tables(work)
    .updateTable('registers.agreement')
    .set({ connected_on: connectedOn, live_on: liveOn, ended_on: endedOn })
    .where('id', '=', id)
    .execute()
  return advanced
}

type AgreementDates = Pick<Agreement, 'agreedOn'> & AgreementSteps

function requireOrder({ agreedOn, connectedOn, liveOn, endedOn }: AgreementDates): void {
  const wrong = (path: string, expected: string, found: string) => new BadInput([{ path, expected, found }])
  if (connectedOn !== undefined && connectedOn < agreedOn) {
    throw wrong('connectedOn', `${agreedOn} or later`, connectedOn)
  }
  if (liveOn !== undefined && (connectedOn === undefined || liveOn < connectedOn)) {
    throw wrong('liveOn', connectedOn === undefined ? 'connectedOn first' : `${connectedOn} or later`, liveOn)
  }
  if (endedOn !== undefined && endedOn < agreedOn) throw wrong('endedOn', `${agreedOn} or later`, endedOn)
}

function spanOf({ agreedOn, endedOn }: AgreementDates) {
  return { from: agreedOn, ...(endedOn !== undefined && { to: endedOn }) }
}

/** How far an agreement is on a day. */
export function agreementStatusOn(
  { agreedOn, connectedOn, liveOn, endedOn }: AgreementDates,
  on: PlainDate,
): AgreementStatus {
  if (on < agreedOn) return 'none'
  if (endedOn !== undefined && on > endedOn) return 'ended'
  if (liveOn !== undefined && on >= liveOn) return 'live'
  return connectedOn !== undefined && on >= connectedOn ? 'connected' : 'agreed'
}

/** How far an institution is with agreements of a kind on a day: the latest one that has begun by then tells. */
export async function directConnectionStatus(
  work: Work,
  institutionId: Id,
  kind: AgreementKind,
  on: PlainDate,
): Promise<AgreementStatus> {
  const latest = (await listAgreements(work, { institutionId, kind })).findLast(({ agreedOn }) => agreedOn <= on)
  return latest === undefined ? 'none' : agreementStatusOn(latest, on)
}

/** Agreements in the order of their first days: of an institution, of a region and all inside it, of a kind, as asked. */
export async function listAgreements(
  work: Work,
  query: { institutionId?: Id; within?: RegionCode; kind?: AgreementKind } = {},
): Promise<Agreement[]> {
  let select = agreements(work)
  if (query.institutionId !== undefined) select = select.where('institution_id', '=', query.institutionId)
  if (query.within !== undefined) select = select.where('region', 'like', `${query.within.replace(/(00)+$/, '')}%`)
  if (query.kind !== undefined) select = select.where('kind', '=', query.kind)
  const rows = await select.orderBy('agreed_on').orderBy('id').execute()
  return rows.map(readAgreement)
}

/** A province that has not designated what it must (A1.08). */
export type MissingMinimum = { province: RegionCode; missing: AgreementKind[] }

/** Of these provinces those that lack a rehabilitation or an assistive-device institution with an agreement in force on a day (A1.08). */
export async function provincesMissingMinimum(
  work: Work,
  among: readonly RegionCode[],
  on: PlainDate,
): Promise<MissingMinimum[]> {
  const inForce = (await listAgreements(work)).filter(
    (agreement) => !['none', 'ended'].includes(agreementStatusOn(agreement, on)),
  )
  const present = new Set(inForce.map(({ region, kind }) => `${provinceOf(region).code} ${kind}`))
  return among
    .map((province) => {
      const missing = (['rehabilitation', 'device'] as const).filter((kind) => !present.has(`${province} ${kind}`))
      return { province, missing }
    })
    .filter(({ missing }) => missing.length > 0)
}

function agreements(work: Work) {
  return tables(work).selectFrom('registers.agreement').selectAll()
}

type SelectedAgreement = Awaited<ReturnType<ReturnType<typeof agreements>['execute']>>[number]

function readAgreement(row: SelectedAgreement): Agreement {
  return {
    id: row.id,
    institutionId: row.institution_id,
    kind: row.kind,
    region: row.region,
    agreedOn: row.agreed_on,
    source: row.source,
    ...(row.connected_on !== null && { connectedOn: row.connected_on }),
    ...(row.live_on !== null && { liveOn: row.live_on }),
    ...(row.ended_on !== null && { endedOn: row.ended_on }),
  }
}
