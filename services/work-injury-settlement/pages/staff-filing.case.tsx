import { useQuery } from '@tanstack/react-query'
import { Typography } from 'antd'
import type { ReactNode } from 'react'
import * as z from 'zod/mini'
import {
  type BothLanguages,
  type CaseEvent,
  type CasePartProps,
  type CaseView,
  defineWords,
  findRuling,
  RegionName,
  type StepFormProps,
  useApi,
  useSpeech,
} from '../../../kit/door.ts'
import { type Fact, FactList, Loaded, RulingPanel, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'
import { type Declared, FilingCompared } from './staff-filing-compared.tsx'
import { serviceId, servicePath, useServiceTeller } from './staff-service.ts'
import { opinionField, outcomeField, riskApprovalFields, serviceWords } from './staff-words.ts'

const words = defineWords({
  application: { zh: '申请内容', en: 'What the application says' },
  filingClass: { zh: '备案类型', en: 'Class' },
  applicant: { zh: '申请人', en: 'Applicant' },
  residenceSince: { zh: '在就医地居住（工作）起', en: 'Living or working there since' },
  residenceProof: { zh: '居住（工作）证明', en: 'Proof of it' },
  opinionBy: { zh: '转诊意见出具机构', en: 'Referral opinion by' },
  opinionLevel: { zh: '该机构级别', en: 'Its level' },
  opinionOn: { zh: '转诊意见日期', en: 'Opinion of' },
  validity: { zh: '有效期', en: 'Validity' },
  openEnded: { zh: '{from} 起，长期有效', en: 'from {from} until cancelled' },
  until: { zh: '{from} 至 {to}', en: '{from} to {to}' },
  lock: { zh: '可变更、取消的日期', en: 'Can be changed from' },
  covers: { zh: '覆盖费用', en: 'Covers' },
  change: { zh: '申请变更为', en: 'Asked to change to' },
  ended: { zh: '终止原因', en: 'Ended because' },
  injuries: { zh: '工伤登记', en: 'Work injuries on record' },
  saved: { zh: '共享数据已替代的证明', en: 'Proofs that shared data replace' },
  ruleFirst: { zh: '规则判定（申请时）', en: 'What the rule said at the application' },
  reviewNote: {
    zh: '结论须与规则判定一致；认为规则判定有误的，请退回并说明。',
    en: 'The outcome must agree with the rule. If the rule seems wrong here, say so instead of deciding against it.',
  },
  acceptNote: {
    zh: '规则判定供受理时参考：不符合的，受理后由复核决定是否通过并告知理由。',
    en: 'For your information: what the rule refuses is decided at the review, with its reasons.',
  },
  whyNot: { zh: '不予受理的理由（不予受理时必填）', en: 'Why it is not accepted (needed if so)' },
  newPlace: { zh: '新的就医地', en: 'New treatment place' },
  note: { zh: '说明', en: 'Note' },
  endReason: { zh: '终止原因', en: 'Why it ends' },
  death: { zh: '死亡', en: 'death' },
  insured_region_changed: { zh: '参保地变更', en: 'the insured region changed' },
  entitlement_lost: { zh: '丧失待遇资格', en: 'entitlement lost' },
  determined_none: { zh: '未认定', en: 'not determined' },
  determined_pending: { zh: '认定中', en: 'determination pending' },
  determined_done: { zh: '已认定工伤', en: 'determined' },
  document: { zh: '证明材料', en: 'document' },
  written_promise: { zh: '书面承诺', en: 'written promise' },
})

const opinion = z.object({ institutionName: z.string(), institutionLevel: z.number(), issuedOn: z.string() })
const filingState = z.object({
  personId: z.nullable(z.string()),
  form: z.nullable(
    z.object({
      filingClass: z.string(),
      treatmentRegion: z.string(),
      residenceSince: z.optional(z.string()),
      residenceProof: z.optional(z.enum(['document', 'written_promise'])),
      opinion: z.optional(opinion),
    }),
  ),
  applicant: z.string(),
  validity: z.nullable(
    z.object({
      validFrom: z.string(),
      validTo: z.nullable(z.string()),
      lockEndsOn: z.string(),
      coversMedical: z.boolean(),
      coversRehabilitation: z.boolean(),
      coversDevice: z.boolean(),
    }),
  ),
  requestedChange: z.nullable(
    z.object({ treatmentRegion: z.string(), opinion: z.optional(opinion), note: z.string() }),
  ),
  endReason: z.nullable(z.string()),
})
type FilingState = z.infer<typeof filingState>

function FilingFacts({ view }: CasePartProps) {
  const { say } = useSpeech()
  const state = z.parse(filingState, view.file.state)
  const asked = useAskedFacts()
  const held = useHeldFacts()
  return (
    <div className="staff-stack">
      <FactList title={say(words.application)} columns={1} facts={[...asked(state), ...held(state)]} />
      {comparedStatuses.has(view.file.status) && <FilingCompared view={view} declared={declaredIn(state)} />}
      {view.file.status === 'submitted' && state.personId !== null && <InjuryFacts personId={state.personId} />}
    </div>
  )
}

/** While it is handled, what is declared is held against the registers as they stand. */
const comparedStatuses = new Set(['submitted', 'awaiting_superior', 'accepted', 'change_requested'])

function declaredIn({ personId, form, requestedChange }: FilingState): Declared {
  return {
    personId,
    treatmentRegion: form?.treatmentRegion ?? null,
    residenceSince: form?.residenceSince,
    residenceProof: form?.residenceProof,
    opinion: requestedChange?.opinion ?? form?.opinion,
    changeTo: requestedChange?.treatmentRegion,
  }
}

function useAskedFacts(): (state: FilingState) => Fact[] {
  const { say, day } = useSpeech()
  const { choice } = useServiceTeller()
  return ({ form, applicant }) => [
    { label: say(words.filingClass), value: form && choice(form.filingClass) },
    { label: say(serviceWords.treatmentRegion), value: form && <RegionName code={form.treatmentRegion} /> },
    { label: say(words.applicant), value: choice(applicant) },
    { label: say(words.residenceSince), value: form?.residenceSince && day(form.residenceSince) },
    { label: say(words.residenceProof), value: form?.residenceProof && say(words[form.residenceProof]) },
    { label: say(words.opinionBy), value: form?.opinion?.institutionName },
    { label: say(words.opinionLevel), value: form?.opinion?.institutionLevel },
    { label: say(words.opinionOn), value: form?.opinion && day(form.opinion.issuedOn) },
  ]
}

function useHeldFacts(): (state: FilingState) => Fact[] {
  const { say, day } = useSpeech()
  const { choice } = useServiceTeller()
  return ({ validity, requestedChange, endReason }) => [
    {
      label: say(words.validity),
      value:
        validity &&
        (validity.validTo === null
          ? say(words.openEnded, { from: validity.validFrom })
          : say(words.until, { from: validity.validFrom, to: validity.validTo })),
    },
    { label: say(words.lock), value: validity && day(validity.lockEndsOn) },
    {
      label: say(words.covers),
      value:
        validity &&
        [
          validity.coversMedical && choice('medical'),
          validity.coversRehabilitation && choice('rehabilitation'),
          validity.coversDevice && choice('device'),
        ]
          .filter(Boolean)
          .join(' · '),
    },
    {
      label: say(words.change),
      value: requestedChange && (
        <>
          <RegionName code={requestedChange.treatmentRegion} /> {requestedChange.note}
        </>
      ),
    },
    { label: say(words.ended), value: endReason },
  ]
}

type FilingForm = {
  injuries: Array<{ id: string; occurredOn: string; bodyPart: string; determination: 'none' | 'pending' | 'done' }>
  savedProofs: Array<{ zh: string; en: string; sharedFrom: { zh: string; en: string } }>
}

/** What the injury register knows about the person, and the proofs that it replaces. */
function InjuryFacts({ personId }: { personId: string }) {
  const api = useApi()
  const { say, day } = useSpeech()
  const form = useQuery({
    queryKey: ['filing-form', personId],
    queryFn: () => api.get<FilingForm>(`${servicePath}/form/filing`, { personId }),
    retry: false,
  })
  // Only officers who accept may ask for it; for others the rule's reasons say what it found.
  if (form.error) return null
  return (
    <Loaded query={form}>
      {({ injuries, savedProofs }) => (
        <FactList
          columns={1}
          facts={[
            {
              label: say(words.injuries),
              value: injuries.map(({ id, occurredOn, bodyPart, determination }) => (
                <div key={id}>
                  {day(occurredOn)} · {bodyPart} · {say(words[`determined_${determination}`])}
                </div>
              )),
            },
            {
              label: say(words.saved),
              value: savedProofs.map((proof) => (
                <div key={proof.en}>
                  {say(proof)} <span className="staff-quiet">{say(proof.sharedFrom)}</span>
                </div>
              )),
            },
          ]}
        />
      )}
    </Loaded>
  )
}

const DecideAcceptance = stepForm({
  fields: [
    outcomeField('accepted', 'not_accepted'),
    {
      name: 'reason',
      kind: 'long_text',
      label: words.whyNot,
      required: true,
      askedWhen: { field: 'outcome', is: ['not_accepted'] },
    },
  ],
  initial: () => ({ outcome: 'accepted' }),
})

/** Acceptance: who accepts what the rule refuses knows it, and what it means. */
function AcceptForm(props: StepFormProps) {
  return (
    <RuledFirst view={props.view} note={words.acceptNote}>
      <DecideAcceptance {...props} />
    </RuledFirst>
  )
}

const DecideReview = stepForm({ fields: [outcomeField('approved', 'refused'), opinionField] })

/** The review: the officer decides on the outcome below what the rule said. */
function ReviewForm(props: StepFormProps) {
  return (
    <RuledFirst view={props.view} note={words.reviewNote}>
      <DecideReview {...props} />
    </RuledFirst>
  )
}

/** What the rule said to the application, above what an officer does with it. */
function RuledFirst({ view, note, children }: CasePartProps & { note: BothLanguages; children: ReactNode }) {
  const { say } = useSpeech()
  const api = useApi()
  const { id, seq } = view.file
  const history = useQuery({
    queryKey: ['history', id, seq],
    queryFn: () => api.get<{ items: CaseEvent[] }>(`/cases/${id}/history`),
  })
  return (
    <Loaded query={history}>
      {({ items }) => {
        const ruling = findRuling(previewOf(items[0]?.body))
        return (
          <div className="staff-stack">
            {ruling && <Typography.Text strong>{say(words.ruleFirst)}</Typography.Text>}
            {ruling && <RulingPanel ruling={ruling} service={serviceId} isFolded={ruling.outcome === 'granted'} />}
            {ruling && <span className="staff-quiet">{say(note)}</span>}
            {children}
          </div>
        )
      }}
    </Loaded>
  )
}

function previewOf(body: unknown): unknown {
  const parsed = z.safeParse(z.object({ preview: z.unknown() }), body)
  return parsed.success ? parsed.data.preview : undefined
}

function placeOf({ file }: CaseView): Record<string, unknown> {
  const { form } = z.parse(filingState, file.state)
  return form ? { treatmentRegion: form.treatmentRegion } : {}
}

/** Filings at the counter: what was asked beside what is known, and the forms of every step. */
export const casePart: StaffCasePart = {
  flow: 'filing',
  // What can be done with an effective filing is done on request only.
  nextStep: ({ file }) => (file.status === 'submitted' ? 'accept' : file.status === 'effective' ? null : undefined),
  Facts: FilingFacts,
  stepForms: {
    accept: AcceptForm,
    approveRisk: stepForm({ fields: riskApprovalFields }),
    review: ReviewForm,
    requestChange: stepForm({
      fields: [
        { name: 'treatmentRegion', kind: 'region', label: words.newPlace, required: true },
        { name: 'opinion.institutionName', kind: 'text', label: words.opinionBy },
        { name: 'opinion.institutionLevel', kind: 'count', label: words.opinionLevel },
        { name: 'opinion.issuedOn', kind: 'date', label: words.opinionOn },
        { name: 'note', kind: 'long_text', label: words.note },
      ],
      initial: placeOf,
      toBody: (values) => ({ note: '', ...values }),
    }),
    reviewChange: stepForm({ fields: [outcomeField('approved', 'refused'), opinionField] }),
    extend: stepForm({ fields: [{ name: 'note', kind: 'long_text', label: words.note }] }),
    reviewExtension: stepForm({ fields: [outcomeField('approved', 'refused'), opinionField] }),
    cancel: stepForm({
      fields: [{ name: 'reason', kind: 'long_text', label: serviceWords.reason, required: true }],
      isDangerous: true,
    }),
    end: stepForm({
      fields: [
        {
          name: 'reason',
          kind: 'choice',
          label: words.endReason,
          required: true,
          options: (['death', 'insured_region_changed', 'entitlement_lost'] as const).map((value) => ({
            value,
            label: words[value],
          })),
        },
      ],
      isDangerous: true,
    }),
  },
}
