import { z } from 'zod'
import { actorUserId, type Id, type PlainDate, parseInput, Refusal, type Work } from '../ground/door.ts'
import { endRows, inForceOn } from './dated-rows.ts'
import { datedFields, dayBefore, endProblem, endsAfterStart, planSuccession } from './spans.ts'
import { tables } from './tables.ts'
import { lockRegister, requireWriter } from './writers.ts'

const inBothLanguages = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })

/** Proofs that the person still has to bring. */
const proofsAsked = z.array(inBothLanguages)

/** Proofs that are not asked any more, and the shared source that is read instead (A2.05, B3.07). */
const proofsSaved = z.array(inBothLanguages.extend({ sharedFrom: inBothLanguages }))

/** An entry of the catalogue of public services (事项): what it is called, how far it is (B2.06), what it asks and what it spares. */
export const serviceItemFields = z
  .strictObject({
    itemCode: z.string().min(1),
    service: z.string().min(1),
    level: z.enum(['national', 'local']),
    name: inBothLanguages,
    maturity: z.enum(['can_be_done', 'easy_to_do', 'efficiently_done']),
    proofsAsked,
    proofsSaved,
    assumed: z.boolean(),
    ...datedFields,
  })
  .refine(endsAfterStart, endProblem)

/** A service item as it is kept. */
export type ServiceItem = z.infer<typeof serviceItemFields> & { id: Id }

/**
 * Writes a service item; one of the same item code that began before ends the day before. Throws `BadInput`, `Refusal`
 * `service_item_dates_clash` (one begins on the same day or later), `register_writer_needed`.
 */
export async function upsertServiceItem(work: Work, input: unknown): Promise<ServiceItem> {
  const fields = parseInput(serviceItemFields, input)
  await requireWriter(work, 'service_item', null)
  await lockRegister(work, 'service_item', fields.itemCode)
  const kept = await serviceItems(work).where('item_code', '=', fields.itemCode).execute()
  const succession = planSuccession(kept.map(readItem), fields)
  if (succession.clash) {
    const params = { itemCode: fields.itemCode, beginsOn: succession.clash.from }
    throw new Refusal('service_item_dates_clash', { params })
  }
  await endRows(work, 'service_item', succession.ended, dayBefore(fields))
  const item = { ...fields, id: work.newId() }
  await tables(work)
    .insertInto('registers.service_item')
    .values({
      id: item.id,
      item_code: item.itemCode,
      service: item.service,
      level: item.level,
      name_zh: item.name.zh,
      name_en: item.name.en,
      maturity: item.maturity,
      proofs_asked: JSON.stringify(item.proofsAsked),
      proofs_saved: JSON.stringify(item.proofsSaved),
      effective_from: item.from,
      effective_to: item.to ?? null,
      source: item.source,
      assumed: item.assumed,
      recorded_by: actorUserId(work.actor),
      recorded_at: work.now,
    })
    .execute()
  return item
}

/** The service items that hold on a day by item code; of one service or level where asked. */
export async function listServiceItems(
  work: Work,
  on: PlainDate,
  { service, level }: { service?: string; level?: ServiceItem['level'] } = {},
): Promise<ServiceItem[]> {
  let select = serviceItems(work).where(inForceOn(on)).orderBy('item_code')
  if (service !== undefined) select = select.where('service', '=', service)
  if (level !== undefined) select = select.where('level', '=', level)
  return (await select.execute()).map(readItem)
}

function serviceItems(work: Work) {
  return tables(work).selectFrom('registers.service_item').selectAll()
}

type SelectedItem = Awaited<ReturnType<ReturnType<typeof serviceItems>['execute']>>[number]

function readItem(row: SelectedItem): ServiceItem {
  return {
    id: row.id,
    itemCode: row.item_code,
    service: row.service,
    level: row.level,
    name: { zh: row.name_zh, en: row.name_en },
    maturity: row.maturity,
    proofsAsked: proofsAsked.parse(row.proofs_asked),
    proofsSaved: proofsSaved.parse(row.proofs_saved),
    from: row.effective_from,
    source: row.source,
    assumed: row.assumed,
    ...(row.effective_to !== null && { to: row.effective_to }),
  }
}
