import type { Transaction } from 'kysely'
import { z } from 'zod'
import { certificatePdf, schemaPaper } from '../../certificates/door.ts'
import { defineHandler, type MessageHandler, sendMessage } from '../../exchange/door.ts'
import {
  asActor,
  type Id,
  type Instant,
  type Language,
  Refusal,
  schemaDate,
  schemaId,
  schemaInstant,
  systemActor,
  type Work,
} from '../../ground/door.ts'
import type { Rulebook } from '../../law/door.ts'
import { findPersonByDigest, getPerson, revealIdentityDigest } from '../../people/door.ts'
import { issueStatement, type Wanted } from './issuing.ts'

const purpose = 'insurance_statement'

const schemaWanted = z.union([
  z.strictObject({
    kind: z.literal('statement'),
    year: z.int().min(1990).max(2100),
    purpose: z.string().min(1).max(200),
  }),
  z.strictObject({ kind: z.literal('proof'), purpose: z.string().min(1).max(200) }),
])

const schemaAsked = z.strictObject({ askedId: schemaId, person: z.string().length(64), wanted: schemaWanted })

const schemaAnswer = z.union([
  z.strictObject({
    outcome: z.literal('issued'),
    code: z.string(),
    issuedAt: schemaInstant,
    validUntil: schemaDate.nullable(),
    paper: schemaPaper,
  }),
  z.strictObject({ outcome: z.literal('refused'), reason: z.string() }),
])
type Answer = z.infer<typeof schemaAnswer>

const schemaTold = z.strictObject({ askedId: schemaId, answer: schemaAnswer })

type Tables = {
  'svc_insurance_statement.asked_elsewhere': {
    id: Id
    person_id: Id
    agency: string
    region: string
    kind: Wanted['kind']
    year: number | null
    purpose: string
    asked_at: Instant
  }
  'svc_insurance_statement.told_from_elsewhere': { asked_id: Id; answer: unknown; told_at: Instant }
}

function tables(work: Work): Transaction<Tables> {
  return work.db.$extendTables<Tables>()
}

/** What somebody asked another region for, and what it answered; null while it has not. */
export type AskedElsewhere = {
  askedId: Id
  region: string
  kind: Wanted['kind']
  year: number | null
  purpose: string
  askedAt: Instant
  answer: Answer | null
}

/**
 * Asks another region for a statement or proof of the acting person (异地办理): the region that insures them issues it and sends it back. The person is
 * named to it by the digest of number and name. Refused: `statement_of_own_region`, `statement_asked_before` while the same one is on its way.
 */
export async function askElsewhere(
  work: Work,
  { personId, region, wanted }: { personId: Id; region: string; wanted: Wanted },
): Promise<Id> {
  if (region === work.node.region) throw new Refusal('statement_of_own_region')
  const year = wanted.kind === 'statement' ? wanted.year : null
  const waiting = (await askedElsewhere(work, personId)).some(
    (asked) => asked.answer === null && asked.region === region && asked.kind === wanted.kind && asked.year === year,
  )
  if (waiting) throw new Refusal('statement_asked_before')
  const { agency } = await getPerson(work, personId, purpose)
  const person = await revealIdentityDigest(work, personId, purpose)
  return asActor(work, systemActor, async (node) => {
    const askedId = node.newId()
    await tables(node)
      .insertInto('svc_insurance_statement.asked_elsewhere')
      .values({
        ...{ id: askedId, person_id: personId, agency, region, kind: wanted.kind, year },
        ...{ purpose: wanted.purpose, asked_at: node.now },
      })
      .execute()
    const body: z.input<typeof schemaAsked> = { askedId, person, wanted }
    await sendMessage(node, { to: region, kind: 'statement.asked', version: 1, body, about: askedId })
    return askedId
  })
}

/** What a person has asked other regions for, newest first. */
export async function askedElsewhere(work: Work, personId: Id): Promise<AskedElsewhere[]> {
  const rows = await tables(work)
    .selectFrom('svc_insurance_statement.asked_elsewhere as asked')
    .leftJoin('svc_insurance_statement.told_from_elsewhere as told', 'told.asked_id', 'asked.id')
    .selectAll('asked')
    .select('told.answer')
    .where('asked.person_id', '=', personId)
    .orderBy('asked.asked_at', 'desc')
    .orderBy('asked.id', 'desc')
    .limit(100)
    .execute()
  return rows.map(({ id, region, kind, year, purpose: why, asked_at, answer }) => ({
    ...{ askedId: id, region, kind, year, purpose: why, askedAt: asked_at },
    answer: answer === null ? null : schemaAnswer.parse(answer),
  }))
}

/** The paper that another region sent, printed here. Refused: `certificate_not_found` where none came. */
export async function printedFromElsewhere(
  work: Work,
  { personId, askedId, ...options }: { personId: Id; askedId: Id; language: Language; origin: string },
): Promise<{ code: string; content: Buffer }> {
  const asked = (await askedElsewhere(work, personId)).find((each) => each.askedId === askedId)
  if (asked?.answer?.outcome !== 'issued') throw new Refusal('certificate_not_found')
  const { code, issuedAt, validUntil, paper } = asked.answer
  return { code, content: await certificatePdf({ code, issuedAt, validUntil, paper, withdrawn: null }, options) }
}

/** What regions say to each other: one asks for a person who is with it, the other issues or says why not. */
export function elsewhereHandlers(rulebook: Rulebook): MessageHandler[] {
  return [
    defineHandler({
      kind: 'statement.asked',
      version: 1,
      schema: schemaAsked,
      async handle(work, { id, from, body: { askedId, person, wanted } }) {
        const answer = await answerTo(work, rulebook, { key: `${from}:${askedId}`, person, wanted })
        const body: z.input<typeof schemaTold> = { askedId, answer }
        await sendMessage(work, { to: from, kind: 'statement.told', version: 1, body, about: askedId, replyTo: id })
      },
    }),
    defineHandler({
      kind: 'statement.told',
      version: 1,
      schema: schemaTold,
      async handle(work, { from, body: { askedId, answer } }) {
        const asked = await tables(work)
          .selectFrom('svc_insurance_statement.asked_elsewhere')
          .select('id')
          .where('id', '=', askedId)
          .where('region', '=', from)
          .executeTakeFirst()
        if (!asked) throw new Refusal('statement_not_asked')
        await tables(work)
          .insertInto('svc_insurance_statement.told_from_elsewhere')
          .values({ asked_id: askedId, answer: JSON.stringify(answer), told_at: work.now })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      },
    }),
  ]
}

/** The region that asks vouches for the person, who is signed in there; what it learns is what the person may have anywhere. */
async function answerTo(
  work: Work,
  rulebook: Rulebook,
  { key, person, wanted }: { key: string; person: string; wanted: Wanted },
): Promise<Answer> {
  const personId = await findPersonByDigest(work, person, purpose)
  if (!personId) return { outcome: 'refused', reason: 'person_not_known_there' }
  try {
    const { code, issuedAt, validUntil, paper } = await issueStatement(work, rulebook, { key, personId, wanted })
    return { outcome: 'issued', code, issuedAt, validUntil, paper }
  } catch (error) {
    if (error instanceof Refusal) return { outcome: 'refused', reason: error.code }
    throw error
  }
}
