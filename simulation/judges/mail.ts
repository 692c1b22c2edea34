import type { SimulatedRegion } from '../nation.ts'
import type { Finding } from '../play.ts'

/** What the judge looks at: a region's tables, simulated or real. */
export type JudgedRegion = { region: string; database: Pick<SimulatedRegion['database'], 'look'> }

type Evidence = { bytes: Buffer | null }
type Sent = Evidence & { from: string; to: string; id: string; kind: string; state: string; hasDraft: boolean }
type Taken = Evidence & {
  at: string
  from: string
  id: string
  kind: string
  state: string | null
  code: string | null
}

const sent = `
  SELECT o.to_region AS "to", o.message_id AS id, o.kind, d.state, e.bytes,
    EXISTS (SELECT FROM exchange.draft w WHERE w.message_id = o.message_id) AS "hasDraft"
  FROM exchange.outbox o LEFT JOIN exchange.delivery d ON d.message_id = o.message_id
  LEFT JOIN exchange.evidence e ON e.message_id = o.message_id AND e.from_region = $1 ORDER BY o.message_id`

const taken = `
  SELECT i.from_region AS "from", i.message_id AS id, i.kind, h.state, h.code, e.bytes
  FROM exchange.inbox i LEFT JOIN exchange.handling h ON h.from_region = i.from_region AND h.message_id = i.message_id
  LEFT JOIN exchange.evidence e ON e.message_id = i.message_id AND e.from_region = i.from_region ORDER BY i.message_id`

// A letter that comes again days later is told apart from one sent again, and refused as a replay: so it should be.
const refused = `SELECT reason, claimed_from AS "from" FROM exchange.refused WHERE reason <> 'replayed'`

/**
 * What was said was heard, once, and both sides can prove it: every message has arrived and was handled, and both keep the same bytes. After
 * healing, when nothing may be under way any more.
 */
export async function judgeMail(nation: { regions: readonly JudgedRegion[] }): Promise<Finding[]> {
  const mail = await Promise.all(nation.regions.map(mailOf))
  const sentMail = mail.flatMap((region) => region.sent)
  const takenMail = mail.flatMap((region) => region.taken)
  const heard = new Map(takenMail.map((message) => [`${message.from} ${message.id} ${message.at}`, message]))
  const said = new Set(sentMail.map(({ from, id, to }) => `${from} ${id} ${to}`))
  const sentences = [
    ...sentMail.flatMap((message) => sentProblems(message, heard.get(`${message.from} ${message.id} ${message.to}`))),
    ...takenMail.flatMap((message) => takenProblems(message, said.has(`${message.from} ${message.id} ${message.at}`))),
    ...mail.flatMap((region) => region.refused),
  ]
  return sentences.map((what) => ({ judge: 'mail', what }))
}

async function mailOf({ region, database }: JudgedRegion) {
  const sentRows = await database.look<Omit<Sent, 'from'>>(sent, [region])
  const takenRows = await database.look<Omit<Taken, 'at'>>(taken)
  const refusals = await database.look<{ reason: string; from: string }>(refused)
  return {
    sent: sentRows.map((row): Sent => ({ from: region, ...row })),
    taken: takenRows.map((row): Taken => ({ at: region, ...row })),
    refused: refusals.map(({ reason, from }) => `${region} refused a message of ${from}: ${reason}`),
  }
}

function sentProblems(message: Sent, heard: Taken | undefined): string[] {
  const name = `${message.kind} ${message.from} > ${message.to}`
  if (!heard) return [`${name} never arrived (${message.state})`]
  return [
    ...(message.state === 'delivered' ? [] : [`${name} arrived and its sender thinks it is ${message.state}`]),
    ...(message.hasDraft ? [`${name} is still to be signed`] : []),
    ...(message.bytes?.includes(message.id) ? [] : [`${name}: its sender has no evidence of it`]),
    ...(heard.bytes && message.bytes?.equals(heard.bytes) ? [] : [`${name}: the evidence of both sides differs`]),
  ]
}

function takenProblems(message: Taken, wasSaid: boolean): string[] {
  const name = `${message.kind} ${message.from} > ${message.at}`
  return [
    ...(wasSaid ? [] : [`${name} was heard and never said`]),
    ...(message.state === 'done' ? [] : [`${name} was taken and not handled (${message.code})`]),
    ...(message.bytes?.includes(message.id) ? [] : [`${name}: its receiver has no evidence of it`]),
  ]
}
