import { z } from 'zod'
import { correctionStep, defineFlow, stepsOf } from '../../cases/door.ts'
import { type Actor, asActor, type Id, Refusal, schemaId, systemActor, type Work } from '../../ground/door.ts'
import { changePhone, openCardAccount, schemaCardAccount, schemaIdNumber, schemaPhone } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { blankStock } from './blanks.ts'
import { findHolder, type Holder, type HolderStanding, registerHolder, standingOfUnknown } from './holder.ts'
import {
  type MatterState,
  type MatterStatus,
  matterFlowId,
  matterPlan,
  matterState,
  matters,
  unopenedMatter,
} from './matter-state.ts'
import { makingSteps } from './matter-steps.ts'
import { getOutlet, type Outlet } from './outlets.ts'

const step = stepsOf<MatterState, MatterStatus>()

/** What the counter enters: the matter, whose identity document was shown, who came, and what the matter needs. */
export const schemaMatter = z.strictObject({
  matter: z.enum(matters),
  idNumber: schemaIdNumber,
  name: z.string().trim().min(1).max(100),
  byProxy: z.boolean().default(false),
  /** Both identity documents were shown, the holder's and the proxy's. */
  proxyShown: z.boolean().default(false),
  phone: schemaPhone.optional(),
  accountNumber: schemaCardAccount.shape.accountNumber.optional(),
  /** Where an officer of a hall accepts: at which bank's counter. A bank's own officer needs none. */
  outletId: schemaId.optional(),
})

/** See `schemaMatter`. */
export type Matter = z.output<typeof schemaMatter>

/** The seven card matters at bank counters (B4.06), each done in one go where the outlet can (B4.13). */
export function matterFlow(tools: ServiceTools) {
  return defineFlow<MatterState>({
    id: matterFlowId,
    service: 'card-matters',
    version: 1,
    title: { zh: '社会保障卡业务', en: 'Card matter' },
    numberPrefix: 'SK',
    state: matterState,
    initial: unopenedMatter,
    deadlines: { making: { zh: '制卡时限', en: 'Time to make the card' } },
    statuses: {
      accepted: {
        title: { zh: '已受理，待制卡', en: 'Accepted, card to be made' },
        task: { role: 'bank_officer', deadline: 'making' },
      },
      made: { title: { zh: '已制卡，待领取', en: 'Made, to be collected' }, task: { role: 'bank_officer' } },
      handed_over: { title: { zh: '已代领，待本人激活', en: 'Collected, to be activated' }, waitsFor: 'applicant' },
      done: { title: { zh: '已办结', en: 'Done' }, final: true },
      cancelled: { title: { zh: '已取消', en: 'Cancelled' }, final: true },
      taken_back: { title: { zh: '已收回', en: 'Taken back' }, final: true },
    },
    steps: {
      accept: acceptStep(tools),
      ...makingSteps(),
      ...correctionStep<MatterState, MatterStatus, { byProxy: boolean }>({
        from: ['accepted', 'made', 'handed_over'],
        by: ['bank_officer', 'accept'],
        changes: z.strictObject({ byProxy: z.boolean() }),
        fold: (state, changes) => ({ ...state, ...changes }),
      }),
    },
    summary: ({ state: { matter, cardNumber, plan, spoiled } }) => ({
      matter,
      cardNumber,
      immediate: plan?.immediate ?? null,
      spoiled,
    }),
  })
}

function acceptStep(tools: ServiceTools) {
  return step({
    title: { zh: '受理', en: 'Accept' },
    opens: true,
    by: ['bank_officer', 'accept'],
    body: schemaMatter,
    record: z.strictObject({
      matter: z.enum(matters),
      personId: schemaId,
      outletId: schemaId,
      byProxy: z.boolean(),
      plan: matterPlan,
      carriedOn: schemaId.nullable(),
    }),
    to: { card: 'accepted', done: 'done' },
    async take({ work, file, body }) {
      const outlet = await getOutlet(work, outletIdOf(work.actor, body.outletId))
      const known = await findHolder(work, tools, body)
      const standing = known ?? standingOfUnknown(body.matter)
      const { plan, ruling } = await planOf(work, tools, { matter: body, standing, outlet })
      const holder = known ?? { ...standing, personId: await registerHolder(work, body, outlet.region) }
      if (!plan.makesCard) await doAtOnce(work, tools, { matter: body, holder, outlet, key: file.id })
      else if (body.phone !== undefined) await keepPhone(work, holder, body.phone)
      const { personId } = holder
      return {
        outcome: plan.makesCard ? ('card' as const) : ('done' as const),
        record: {
          ...{ matter: body.matter, personId, outletId: outlet.outletId, byProxy: body.byProxy, plan },
          carriedOn: body.matter === 'issue' || body.matter === 'activation' ? (holder.waiting?.caseId ?? null) : null,
        },
        decision: ruling,
        receipt: { kind: 'accepted' as const },
        subject: { personId, institutionId: outlet.outletId, agency: outlet.region },
        deadlines: plan.makesCard
          ? [{ start: 'making', unit: 'working_day' as const, amount: plan.withinWorkingDays }]
          : [],
        notices: [
          { personId, code: `notice.matter_${body.matter}`, params: { number: file.number, outlet: outlet.name } },
        ],
      }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })
}

/** What the rule says to a matter: the plan, or its refusal with what stands against it. */
export async function planOf(
  work: Work,
  { rulebook }: ServiceTools,
  { matter, standing, outlet }: { matter: Matter; standing: HolderStanding; outlet: Outlet },
) {
  const { left } = await blankStock(work, outlet.outletId)
  const { card, waiting, died } = standing
  const ruling = await rulebook.decide(work, {
    policy: 'card-matter',
    on: work.today,
    insuredRegion: outlet.region,
    facts: {
      matter: matter.matter,
      card: card ? (card.state === 'lost' ? 'lost' : 'active') : 'none',
      made: waiting?.status ?? 'none',
      hasAccount: card?.bankAccountMasked != null,
      hasECard: card?.eCard != null,
      holderDied: died,
      inPerson: !matter.byProxy,
      proxyShown: matter.proxyShown,
      instantIssue: outlet.instantIssue,
      blanks: left,
    },
  })
  const { decision } = ruling
  if (decision.outcome !== 'granted') throw new Refusal(decision.reason ?? 'refused', { clause: decision.because })
  const results = Object.fromEntries(Object.entries(decision.results).map(([name, result]) => [name, result?.value]))
  return { plan: matterPlan.parse(results), ruling }
}

/** Matters that make no card are done while the person waits; what was made in an earlier case is carried on there. */
async function doAtOnce(
  work: Work,
  { cases }: ServiceTools,
  { matter, holder, outlet, key }: { matter: Matter; holder: Holder; outlet: Outlet; key: Id },
): Promise<void> {
  const carryOn = (step: 'handOver' | 'activate', body: object) =>
    asActor(work, systemActor, async (system) => {
      const caseId = holder.waiting?.caseId
      if (caseId === undefined) throw new Refusal('nothing_made', { clause: 'B4.06' })
      const { file } = await cases().get(system, caseId)
      await cases().take(system, { caseId, step, body, expectedSeq: file.seq, idempotencyKey: `${step}:${key}` })
    })
  switch (matter.matter) {
    case 'issue':
      return carryOn('handOver', { to: matter.byProxy ? 'proxy' : 'holder' })
    case 'activation':
      return carryOn('activate', {})
    case 'information_change':
      if (matter.phone === undefined) throw new Refusal('phone_needed', { clause: 'B4.06' })
      return keepPhone(work, holder, matter.phone)
    default:
      return openFinancial(work, matter, holder, outlet.name)
  }
}

async function openFinancial(work: Work, { accountNumber }: Matter, { card }: Holder, name: string): Promise<void> {
  if (accountNumber === undefined || card === undefined) throw new Refusal('account_needed', { clause: 'B4.06' })
  await asActor(work, systemActor, (system) => openCardAccount(system, card.cardId, { name, accountNumber }))
}

function keepPhone(work: Work, { personId }: Holder, phone: string): Promise<void> {
  return asActor(work, systemActor, (system) => changePhone(system, personId, phone))
}

/** A bank's officer works at the own outlet; an officer of a hall says at which counter. */
export function outletIdOf(actor: Actor, named: Id | undefined): Id {
  if (actor.kind === 'institution') return actor.institutionId
  if (named === undefined) throw new Refusal('outlet_needed', { clause: 'B4.05' })
  return named
}
