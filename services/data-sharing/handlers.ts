import type { z } from 'zod'
import { unlessCrossed } from '../../cases/door.ts'
import { defineHandler, type MessageHandler, type ReceivedMessage, sendMessage } from '../../exchange/door.ts'
import { Refusal, type Work } from '../../ground/door.ts'
import { getRegion } from '../../law/door.ts'
import { findPersonByDigest } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { type Answer, answerMessage, messageKinds, questionMessage, withdrawnMessage } from './messages-between.ts'
import { questionFlowId } from './question-state.ts'
import { factsToTell } from './shared-facts.ts'
import { sharingTables } from './tables.ts'

type Question = z.infer<typeof questionMessage>

/** What a node does when it is asked, answered, or told of a withdrawal. */
export function sharingHandlers(tools: ServiceTools): MessageHandler[] {
  return [
    defineHandler({
      kind: messageKinds.question,
      version: 1,
      schema: questionMessage,
      handle: (work, message) => answerQuestion(work, tools, message),
    }),
    defineHandler({
      kind: messageKinds.answer,
      version: 1,
      schema: answerMessage,
      handle: (work, message) => takeAnswer(work, tools, message),
    }),
    defineHandler({
      kind: messageKinds.withdrawn,
      version: 1,
      schema: withdrawnMessage,
      async handle(work, { from, body }) {
        await sharingTables(work)
          .insertInto('svc_data_sharing.withdrawn_consent')
          .values({ region: from, consent: body.consent, told_at: work.now })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      },
    }),
  ]
}

/** By the rule: what was asked and no more, or why not. What was told, or refused, of a person known here is kept for them to see. */
async function answerQuestion(
  work: Work,
  { rulebook }: ServiceTools,
  { id, from, body }: ReceivedMessage<Question>,
): Promise<void> {
  const ruling = await rulebook.decide(work, {
    policy: 'sharing-answer',
    on: work.today,
    insuredRegion: work.node.region,
    facts: await factsOfQuestion(work, rulebook, from, body),
  })
  const { outcome, reason, results } = ruling.decision
  const right = body.permission.by === 'consent' ? body.permission.number : body.permission.basis
  const purpose = `数据共享：提供给${getRegion(from).name.zh}，${body.number}（${right}）`
  const personId = await findPersonByDigest(work, body.identityDigest, purpose)
  if (personId !== undefined) {
    await sharingTables(work)
      .insertInto('svc_data_sharing.told')
      .values({
        ...{ person_id: personId, region: from, question: body.number, purpose: body.purpose, kinds: body.kinds },
        ...{ permission: right, refused: outcome === 'granted' ? null : (reason ?? 'refused'), at: work.now },
      })
      .execute()
  }
  const answer: Answer = {
    number: body.number,
    round: body.round,
    asOn: work.today,
    content:
      outcome === 'granted'
        ? {
            outcome: 'told',
            known: personId !== undefined,
            usableUntil: String(results.usableUntil?.value),
            facts: personId === undefined ? {} : await factsToTell(work, personId, body.kinds, purpose),
          }
        : { outcome: 'refused', reason: reason ?? 'refused' },
  }
  const about = body.number
  await sendMessage(work, { to: from, kind: messageKinds.answer, version: 1, about, replyTo: id, body: answer })
}

async function factsOfQuestion(
  work: Work,
  rulebook: ServiceTools['rulebook'],
  from: string,
  { permission, purpose, kinds }: Question,
): Promise<Record<string, unknown>> {
  if (permission.by === 'basis') {
    const listed = await basisCovers(work, rulebook, permission.basis, kinds)
    const unasked = { consentWithdrawn: false, kindsCovered: false, purposeFits: false, consentUntil: null }
    return { permission: 'basis', basisListed: listed, ...unasked, askedOn: work.today }
  }
  const withdrawn = await sharingTables(work)
    .selectFrom('svc_data_sharing.withdrawn_consent')
    .select('consent')
    .where('region', '=', from)
    .where('consent', '=', permission.number)
    .executeTakeFirst()
  return {
    permission: 'consent',
    basisListed: false,
    consentWithdrawn: withdrawn !== undefined,
    kindsCovered: kinds.every((kind) => permission.kinds.includes(kind)),
    purposeFits: permission.purpose === purpose,
    consentUntil: permission.until,
    askedOn: work.today,
  }
}

/** Whether a legal basis holds today for every one of these kinds of data. */
export async function basisCovers(
  work: Work,
  rulebook: ServiceTools['rulebook'],
  basis: string,
  kinds: readonly string[],
): Promise<boolean> {
  const question = { on: work.today, insuredRegion: work.node.region }
  const { value } = await rulebook.valueOf(work, 'basesWithoutConsent', question)
  return Array.isArray(value) && kinds.every((kind) => value.includes(`${basis}_${kind}`))
}

/** The answer to the newest round moves the question on; an older one, or one to a question that has ended, changes nothing. */
async function takeAnswer(work: Work, tools: ServiceTools, { id, from, body }: ReceivedMessage<Answer>): Promise<void> {
  const rows = await tools.cases().find(work, { flow: questionFlowId, text: body.number, limit: 5 })
  const row = rows.find(({ number, summary }) => number === body.number && summary.region === from)
  if (!row) throw new Refusal('question_unknown', { params: { number: body.number } })
  const { file } = await tools.cases().get(work, row.caseId)
  const isOpen = ['waiting', 'unanswered', 'promised'].includes(file.status)
  if (!isOpen || !isRound(file.state, body.round)) return
  const step = { caseId: file.id, step: 'answer', body, expectedSeq: file.seq, idempotencyKey: `answer:${id}` }
  await unlessCrossed(tools.cases().take(work, step))
}

function isRound(state: unknown, round: number): boolean {
  return typeof state === 'object' && state !== null && 'round' in state && state.round === round
}
