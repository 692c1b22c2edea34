import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, type Id, must } from '../ground/door.ts'
import { approveValue, proposeValue } from '../law/door.ts'
import { applicationState } from './application-state.ts'
import { type PoolSite, poolSite } from './pool.testing.ts'
import { type RevisionLine, revisionLines } from './revision-lines.ts'

let site: PoolSite
let officers: Record<'accept' | 'review' | 'approve' | 'pay' | 'banker', Actor>

beforeAll(async () => {
  site = await poolSite()
  officers = {
    accept: await site.officer('accept'),
    review: await site.officer('review'),
    approve: await site.officer('approve'),
    pay: await site.officer('pay'),
    banker: await site.officer('pay', { another: true }),
  }
  await site.fund('unemployment', 1_000_000_00)
})
afterAll(() => site.close())

/** A case whose payment is with the bank, and the batch that carries it. */
async function withBank(): Promise<{ caseId: Id; batchId: Id }> {
  const { personId, actor } = await site.person()
  site.lengths.set(personId, 20)
  const application = { flow: 'pool-grant', step: 'apply', body: { answers: { extraLengths: 0 } } }
  const { caseId } = await site.open(actor, application)
  await site.take(officers.accept, caseId, 'accept', { outcome: 'accepted' })
  await site.take(officers.review, caseId, 'review', { opinion: '属实' })
  await site.take(officers.approve, caseId, 'approve', { outcome: 'approved', opinion: '同意' })
  const batch = await site.open(officers.pay, { flow: 'pool-grant-payment', body: {} })
  await site.take(officers.approve, batch.caseId, 'approve', { outcome: 'approved', opinion: '同意' })
  return { caseId, batchId: batch.caseId }
}

/** Publishes another amount for each length, and says what a revision is told of it. */
async function publish(value: number) {
  const proposal = {
    service: 'pool-grant',
    name: 'perLengthFen',
    region: '130000',
    value,
    from: '2025-01-01',
    source: '示例',
  }
  const [one, other] = [
    await site.officer('values_admin'),
    await site.officer('values_admin', { another: true }),
  ] as const
  const proposalId = await site.run((work) => proposeValue(work, site.rulebook.values, proposal), one)
  await site.run((work) => approveValue(work, proposalId), other)
  const { name, region, from, source } = proposal
  return { kind: 'published', proposalId, value: name, region, from, to: null, source }
}

async function carriedOut(revisionId: Id): Promise<{ status: string; lines: RevisionLine[] }> {
  await site.take(officers.approve, revisionId, 'approve', { outcome: 'approved', opinion: '同意' })
  const { status } = await site.take(officers.approve, revisionId, 'carryOut')
  return { status, lines: await site.run((work) => revisionLines(work, revisionId)) }
}

describe('a revision', () => {
  it('tells which payment is with the bank, and another of the same cause carries it out afterwards', async () => {
    const { caseId, batchId } = await withBank()
    const cause = await publish(1)
    const request = { flow: 'pool-grant-revision', body: cause }
    const first = await carriedOut((await site.open({ kind: 'system' }, request)).caseId)
    expect(first).toMatchObject({ status: 'partly_done', lines: [{ caseId, failedBecause: 'payment_with_bank' }] })
    await site.take(officers.banker, batchId, 'recordResult', { lines: [], othersPaid: true })

    const second = await carriedOut((await site.open(officers.review, request)).caseId)
    expect(second).toMatchObject({ status: 'done', lines: [{ caseId, status: 'paid', failedBecause: null }] })
    const { found, owedFen } = applicationState.parse((await site.view(caseId)).file.state)
    expect(owedFen).toBe(must(first.lines[0], 'line').beforeFen - must(found, 'finding').amountFen)

    expect((await site.open(officers.review, request)).status).toBe('nothing_changes')
  })

  it('is not opened by an officer for a region beyond their agency', async () => {
    const cause = await publish(2)
    const elsewhere = await site.officer('review', { agency: '130100' })
    const request = { flow: 'pool-grant-revision', body: cause, agency: '130100' }
    await expect(site.open(elsewhere, request)).rejects.toMatchObject({ code: 'not_yours_to_open' })
  })
})
