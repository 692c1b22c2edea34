import { z } from 'zod'
import {
  type CaseFlow,
  defineFlow,
  type NoticeDraft,
  objectionSteps,
  ratingStep,
  stepsOf,
  superiorStep,
  withdrawalStep,
} from '../../cases/door.ts'
import { asActor, BadInput, must, Refusal, schemaId, schemaRegion, systemActor, type Work } from '../../ground/door.ts'
import type { Ruling } from '../../law/door.ts'
import { registerPerson, schemaIdNumber } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { rulesOf } from './control-rules.ts'
import { actingCounter } from './counters.ts'
import { assessMatter } from './detecting.ts'
import { carryOut, takeBackEffect } from './effects.ts'
import {
  detailNeeded,
  type Matter,
  type MatterState,
  type MatterStatus,
  matterDetails,
  matterFlowId,
  matterState,
  matters,
  serviceId,
} from './matters.ts'
import { findByNumber, matterFacts } from './person-facts.ts'

const step = stepsOf<MatterState, MatterStatus>()

const opinion = z.string().trim().min(1).max(500)

const brought = z.strictObject({
  matter: z.enum(matters),
  idNumber: schemaIdNumber,
  name: z.string().trim().min(1).max(100),
  /** Where somebody without a record yet is at home. */
  homeRegion: schemaRegion.optional(),
  broughtBy: z.enum(['self', 'agent']).default('self'),
  agentIdNumber: schemaIdNumber.optional(),
  details: matterDetails.default({}),
  /** Control rules that the operator found to apply. */
  findings: z.array(z.string()).default([]),
  /** The person wants a decision in writing although the rule refuses. */
  insists: z.boolean().default(false),
})

type Brought = z.infer<typeof brought>

/** A matter from the counter of a village to its end, through five levels (B3.02): village, township, county, and one level up where risk is high. */
export function matterFlow(tools: ServiceTools): CaseFlow<MatterState> {
  return defineFlow<MatterState>({
    id: matterFlowId,
    service: serviceId,
    version: 1,
    title: { zh: '村级平台受理事项', en: 'Matter at a village counter' },
    numberPrefix: 'CJ',
    state: matterState,
    initial: {
      matter: null,
      acceptedOn: null,
      counter: null,
      details: {},
      broughtBy: 'self',
      findings: [],
      newRecord: false,
      effect: null,
    },
    deadlines: { review: { zh: '县级复核时限', en: 'Time for the county' } },
    statuses: {
      handing_over: {
        title: { zh: '转乡镇复核', en: 'On its way to the township' },
        automatic: { step: 'handOver', on: ({ acceptedOn }) => acceptedOn },
      },
      handing_back: {
        title: { zh: '转县级复核', en: 'On its way to the county' },
        automatic: { step: 'handBack', on: ({ acceptedOn }) => acceptedOn },
      },
      second_look: {
        title: { zh: '待乡镇复核（中风险）', en: 'Second look in the township' },
        task: { role: 'township_checker' },
      },
      superior: { title: { zh: '待上级核准（高风险）', en: 'To be approved above' }, task: { role: 'approve' } },
      accepted: {
        title: { zh: '待县级复核', en: 'To be reviewed by the county' },
        task: { role: 'review', deadline: 'review' },
      },
      done: { title: { zh: '已办结', en: 'Done' }, final: true },
      refused: { title: { zh: '不予办理', en: 'Refused' }, final: true },
      returned: { title: { zh: '已退回', en: 'Given back' }, final: true },
      withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, final: true },
      taken_back: { title: { zh: '已撤销', en: 'Taken back' }, final: true },
      under_objection: { title: { zh: '复议中', en: 'Under reconsideration' }, task: { role: 'approve' } },
    },
    steps: {
      accept: acceptStep(tools),
      ...secondLookSteps(),
      ...superiorStep<MatterState, MatterStatus>({
        waiting: 'superior',
        approved: 'accepted',
        returned: 'returned',
        by: 'approve',
        notSameUserAs: ['accept'],
      }),
      ...decidingSteps(tools),
      ...withdrawalStep<MatterState, MatterStatus>({
        from: ['handing_over', 'second_look', 'superior', 'accepted'],
        to: 'withdrawn',
      }),
      ...objectionSteps<MatterState, MatterStatus>({
        from: ['refused'],
        pending: 'under_objection',
        decidedBy: 'approve',
        notSameUserAs: ['accept', 'review'],
        by: ['person'],
        setAsideTo: 'accepted',
      }),
      ...ratingStep<MatterState, MatterStatus>({ from: ['done', 'refused'] }),
    },
    summary: ({ state }) => ({
      matter: state.matter,
      counter: state.counter?.code ?? null,
      broughtBy: state.broughtBy,
    }),
  })
}

function acceptStep(tools: ServiceTools) {
  return step({
    title: { zh: '村级受理', en: 'Accept in the village' },
    opens: true,
    by: ['village_operator'],
    body: brought,
    record: matterState.omit({ effect: true }).extend({ personId: schemaId }),
    to: { accepted: 'accepted', done: 'done' },
    risk: {
      assess: async ({ work, body }) =>
        assessMatter(work, { cases: tools.cases(), rulebook: tools.rulebook }, await actingCounter(work), body),
      divert: { high: 'superior', medium: 'handing_over' },
    },
    async take({ work, body, effectiveOn }) {
      const counter = await actingCounter(work)
      requireWhole(body)
      const { personId, existing } = await recordOf(work, body, counter.region)
      const { matter, details, broughtBy, findings } = body
      const ruling = await decide(work, tools, { matter, personId, agency: counter.region, details, on: effectiveOn })
      const { outcome, reason, because } = ruling.decision
      if (outcome === 'refused' && !body.insists) throw new Refusal(reason ?? 'refused', { clause: because })
      const isAtOnce = matter === 'statement' && outcome === 'granted'
      return {
        outcome: isAtOnce ? ('done' as const) : ('accepted' as const),
        record: {
          ...{ matter, personId, details, broughtBy, findings, newRecord: !existing, acceptedOn: effectiveOn },
          counter: { id: counter.counterId, code: counter.code, stationId: counter.stationId },
        },
        subject: { personId, institutionId: counter.counterId, agency: counter.region },
        receipt: { kind: 'accepted' as const },
        ...(!isAtOnce && {
          deadlines: [
            { start: 'review', unit: 'working_day' as const, amount: await reviewDays(work, tools, counter.region) },
          ],
        }),
      }
    },
    fold: (state, { body: { personId: _, ...told } }) => ({ ...state, ...told }),
  })
}

/** The township sees a case while it is on its desk: the node hands it over and back, because neither counter may enter cases for the other. */
function secondLookSteps() {
  const nothing = z.strictObject({})
  const hand = (
    title: { zh: string; en: string },
    way: { from: MatterStatus; to: MatterStatus; desk: 'id' | 'stationId' },
  ) =>
    step({
      title,
      from: [way.from],
      by: ['system'],
      body: nothing,
      record: nothing,
      to: way.to,
      take: async ({ file }) => ({
        record: {},
        subject: { institutionId: must(file.state.counter, 'counter of a matter')[way.desk] },
      }),
    })

  const secondLook = step({
    title: { zh: '乡镇复核（中风险）', en: 'Look a second time (medium risk)' },
    from: ['second_look'],
    by: ['township_checker'],
    notSameUserAs: ['accept'],
    body: z.strictObject({ outcome: z.enum(['approved', 'returned']), opinion }),
    record: z.strictObject({ outcome: z.enum(['approved', 'returned']), opinion: z.string() }),
    to: { approved: 'handing_back', returned: 'returned' },
    take: async ({ file, body }) => ({
      outcome: body.outcome,
      record: body,
      ...(body.outcome === 'returned' && { notices: noticesOf(file, 'notice.returned') }),
    }),
  })

  return {
    handOver: hand({ zh: '转乡镇', en: 'Hand over' }, { from: 'handing_over', to: 'second_look', desk: 'stationId' }),
    secondLook,
    handBack: hand({ zh: '转回', en: 'Hand back' }, { from: 'handing_back', to: 'accepted', desk: 'id' }),
  }
}

function decidingSteps(tools: ServiceTools) {
  const review = step({
    title: { zh: '县级复核办结', en: 'Review and complete' },
    from: ['accepted'],
    by: ['review'],
    notSameUserAs: ['accept', 'secondLook', 'approveRisk'],
    body: z.strictObject({ outcome: z.enum(['done', 'refused']), opinion }),
    record: z.strictObject({
      outcome: z.enum(['done', 'refused']),
      opinion: z.string(),
      effect: matterState.shape.effect,
    }),
    to: { done: 'done', refused: 'refused' },
    async take({ work, file, body, effectiveOn }) {
      const matter = must(file.state.matter, 'matter of a case')
      const personId = must(file.subject.personId, 'person of a matter')
      const { details } = file.state
      const ruling = await decide(work, tools, { matter, personId, agency: file.agency, details, on: effectiveOn })
      const { outcome, reason, because } = ruling.decision
      if (body.outcome === 'done' && outcome === 'refused') throw new Refusal(reason ?? 'refused', { clause: because })
      const isDone = body.outcome === 'done'
      const effectOn = String(ruling.decision.results.effectOn?.value ?? effectiveOn)
      const from = { id: file.id, number: file.number }
      const what = { matter, personId, details, agency: file.agency, effectOn, from }
      const effect = isDone ? await asActor(work, systemActor, (node) => carryOut(node, tools.cases(), what)) : null
      return {
        outcome: body.outcome,
        record: { ...body, effect },
        decision: { ...ruling, determined: body.outcome, opinion: body.opinion },
        deadlines: [{ meet: 'review' }],
        notices: noticesOf(
          file,
          matter === 'benefit_claim' && effect?.passedOn ? 'notice.claim_passed_on' : `notice.${body.outcome}`,
        ),
      }
    },
    fold: (state, { body }) => ({ ...state, effect: body.effect }),
  })

  const takeBack = step({
    title: { zh: '撤销办理结果', en: 'Take the result back' },
    from: ['done'],
    by: ['approve'],
    notSameUserAs: ['accept', 'review'],
    body: z.strictObject({ reason: opinion }),
    record: z.strictObject({ reason: z.string() }),
    to: 'taken_back',
    async take({ work, file, body }) {
      const { matter, effect } = file.state
      if (matter === 'cancellation') throw new Refusal('death_not_taken_back', { clause: 'B3.03' })
      if (effect?.passedOn) {
        throw new Refusal('passed_on_already', { clause: 'B3.09', params: { number: effect.passedOn.number } })
      }
      if (effect) await asActor(work, systemActor, (node) => takeBackEffect(node, effect))
      return {
        record: body,
        decision: { outcome: 'taken_back', because: 'B3.09', opinion: body.reason },
        notices: noticesOf(file, 'notice.taken_back'),
      }
    },
    fold: (state) => ({ ...state, effect: null }),
  })

  return { review, takeBack }
}

/** What each matter needs is said; and a finding is a rule that the operator is to look at for this matter. */
function requireWhole({ matter, details, findings }: Brought): void {
  const needed = detailNeeded[matter]
  const problems = []
  if (needed && details[needed] === undefined) {
    problems.push({ path: `body.details.${needed}`, expected: `what ${matter} needs`, found: 'nothing' })
  }
  const looked = rulesOf(matter).filter(({ by }) => by === 'operator')
  for (const [index, code] of findings.entries()) {
    if (!looked.some((rule) => rule.code === code)) {
      problems.push({ path: `body.findings[${index}]`, expected: 'a rule the operator looks at', found: code })
    }
  }
  if (problems.length > 0) throw new BadInput(problems)
}

/** The one record of the person (B3.03, B3-t3): found, or made where the matter is to register. Refused: `person_not_registered`. */
async function recordOf(work: Work, { matter, idNumber, name, homeRegion }: Brought, agency: string) {
  if (matter !== 'registration' && (await findByNumber(work, idNumber)) === undefined) {
    throw new Refusal('person_not_registered', { clause: 'B3.03' })
  }
  return asActor(work, systemActor, (node) =>
    registerPerson(node, { idNumber, name, homeRegion: homeRegion ?? agency, agency }),
  )
}

type Question = { matter: Matter; personId: string; agency: string; details: { diedOn?: string }; on: string }

async function decide(work: Work, { rulebook }: ServiceTools, question: Question): Promise<Ruling> {
  const { matter, personId, agency, details, on } = question
  const facts = await matterFacts(work, matter, personId, { on, diedOn: details.diedOn ?? null })
  return rulebook.decide(work, { policy: matterFlowId, on, insuredRegion: agency, facts })
}

async function reviewDays(work: Work, { rulebook }: ServiceTools, agency: string): Promise<number> {
  const { value } = await rulebook.valueOf(work, 'reviewWorkingDays', { on: work.today, insuredRegion: agency })
  return Number(value)
}

function noticesOf(file: { number: string; subject: { personId: string | null } }, code: string): NoticeDraft[] {
  const { personId } = file.subject
  return personId === null ? [] : [{ personId, code, params: { number: file.number } }]
}
