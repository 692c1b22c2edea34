import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Card, Radio, Result, Space } from 'antd'
import { useState } from 'react'
import {
  type CaseView,
  ClauseCited,
  commonWords,
  defineWords,
  Link,
  type RiskAssessment,
  type StepOffer,
  type StepTaken,
  useAction,
  useApi,
  useSpeech,
  useTeller,
} from '../../kit/door.ts'
import { ProblemAlert, RiskHits, type StaffCasePart } from '../../kit/staff/door.ts'
import { genericStepForm } from './generic-steps.tsx'
import { useRoleTitles } from './roles.ts'
import { CaseHands } from './task-hands.tsx'

const words = defineWords({
  title: { zh: '办理', en: 'What to do' },
  step: { zh: '步骤', en: 'Step' },
  onDesk: { zh: '本件现由“{role}”岗位办理。', en: 'This case lies on the desk of: {role}.' },
  waits_applicant: { zh: '等待申请人补正。', en: 'Waiting for the applicant to bring what is missing.' },
  waits_partner: {
    zh: '已向参保地发出询问，正在等待答复。答复到达后本页自动更新。',
    en: 'The insured place was asked and has not answered yet. This page updates by itself when it does.',
  },
  waits_institution: { zh: '等待医疗机构办理。', en: 'Waiting for the institution.' },
  waits: { zh: '目前没有需要您这个岗位办理的步骤。', en: 'There is nothing for your post to do at the moment.' },
  closed: { zh: '本件已办结，不再有步骤。', en: 'This case is closed; there is nothing more to do.' },
  blocked: { zh: '您不能办理这一步', en: 'You may not take this step' },
  riskTitle: { zh: '提交前的风险提示', en: 'Risk warning before submission' },
  goOn: { zh: '已知悉，提交', en: 'I have read it; submit' },
  done: { zh: '已办理：{step}', en: 'Done: {step}' },
  toTasks: { zh: '回到待办', en: 'Back to the tasks' },
})

/** Whose turn it is, and who has it in hand, is told once and not with every step. */
const toldOtherwise = ['not_your_step', 'task_held_by_other']

/** What this user can do with the case as it stands; where that is nothing, why, and whose turn it is. */
export function CaseSteps({ view, part }: { view: CaseView; part: StaffCasePart | undefined }) {
  const { say } = useSpeech()
  const [taken, setTaken] = useState<StepOffer>()
  const open = view.steps.filter(({ obstacle }) => obstacle === null)
  const isFinal = view.status.final
  const blocked = view.steps.filter(({ obstacle }) => obstacle !== null && !toldOtherwise.includes(obstacle.code))
  return (
    <Card size="small" title={say(words.title)} className="staff-no-print">
      <div className="staff-stack">
        <CaseHands view={view} />
        {taken && (
          <Alert
            type="success"
            showIcon
            title={say(words.done, { step: say(taken.title) })}
            action={<Link to="/">{say(words.toTasks)}</Link>}
          />
        )}
        {open.length > 0 && view.status.waitsFor === 'partner' && <WhoseTurn view={view} />}
        {open.length > 0 ? (
          <OpenSteps key={view.file.seq} view={view} part={part} offers={open} onTaken={setTaken} />
        ) : (
          (blocked.length === 0 || isFinal) && <WhoseTurn view={view} />
        )}
        {blocked.map((offer) => (
          <Obstacle
            key={offer.step}
            offer={offer}
            service={view.file.service}
            isOnlyOne={open.length === 0 && !isFinal}
          />
        ))}
      </div>
    </Card>
  )
}

type OpenStepsProps = {
  view: CaseView
  part: StaffCasePart | undefined
  offers: readonly StepOffer[]
  onTaken: (offer: StepOffer) => void
}

function OpenSteps({ view, part, offers, onTaken }: OpenStepsProps) {
  const { say } = useSpeech()
  const [chosen, setChosen] = useState<string>()
  // Not kept: whose part the flow has may be known only after the case is shown.
  const name = chosen ?? firstStep(view, part, offers)
  const offer = offers.find(({ step }) => step === name)
  return (
    <>
      {(offers.length > 1 || name === undefined) && (
        <Radio.Group
          aria-label={say(words.step)}
          optionType="button"
          value={name ?? null}
          onChange={({ target }) => setChosen(String(target.value))}
          options={offers.map(({ step, title }) => ({ value: step, label: say(title) }))}
        />
      )}
      {offer && <StepFrame key={offer.step} view={view} part={part} offer={offer} onTaken={() => onTaken(offer)} />}
    </>
  )
}

/** The step whose form is open at first. While another region is asked, none of what could be done meanwhile is put forward. */
function firstStep(view: CaseView, part: StaffCasePart | undefined, offers: readonly StepOffer[]): string | undefined {
  if (view.status.waitsFor === 'partner') return undefined
  const next = part?.nextStep?.(view)
  if (next === null) return undefined
  return (offers.find(({ step }) => step === next) ?? offers[0])?.step
}

type StepFrameProps = { view: CaseView; part: StaffCasePart | undefined; offer: StepOffer; onTaken: () => void }

type Warned = { body: unknown; risk: RiskAssessment }

/** The form of one step. What it gives is first held against the control rules; a warning is shown before anything is submitted. */
function StepFrame({ view, part, offer, onTaken }: StepFrameProps) {
  const { say } = useSpeech()
  const api = useApi()
  const { id, seq, service } = view.file
  const { step } = offer
  const [warned, setWarned] = useState<Warned>()
  const taking = useAction(
    (body: unknown, key) => api.post<StepTaken>(`/cases/${id}/steps`, { step, body, expectedSeq: seq }, key),
    { onSuccess: onTaken },
  )
  const assessing = useMutation({
    mutationFn: (body: unknown) => api.post<RiskAssessment>(`/cases/${id}/risk`, { step, body }),
    onSuccess: (risk, body) => (risk.level === null ? taking.mutate(body) : setWarned({ body, risk })),
  })
  const isTaking = assessing.isPending || taking.isPending
  const Form = part?.stepForms?.[step] ?? genericStepForm(step)
  return (
    <div className="staff-stack">
      {!warned && <strong>{say(offer.title)}</strong>}
      <div hidden={warned !== undefined}>
        <Form view={view} isTaking={isTaking} take={(body) => assessing.mutate(body)} />
      </div>
      {warned && (
        <>
          <RiskHits title={say(words.riskTitle)} risk={warned.risk} service={service} />
          <Space>
            <Button type="primary" loading={taking.isPending} onClick={() => taking.mutate(warned.body)}>
              {say(words.goOn)}
            </Button>
            <Button onClick={() => setWarned(undefined)}>{say(commonWords.back)}</Button>
          </Space>
        </>
      )}
      <ProblemAlert error={assessing.error ?? taking.error} />
    </div>
  )
}

/** Why a step that is due is closed to this user, and what they can do. */
function Obstacle({ offer, service, isOnlyOne }: { offer: StepOffer; service: string; isOnlyOne: boolean }) {
  const { say } = useSpeech()
  const { tell, find } = useTeller(service)
  const { obstacle, title } = offer
  if (!obstacle) return null
  const what = tell(obstacle.code, obstacle.params)
  const advice = find(`${obstacle.code}.advice`, obstacle.params)
  const why = (
    <>
      <div>{what}</div>
      {advice && (
        <div>
          {say(commonWords.whatYouCanDo)}: {advice}
        </div>
      )}
      {obstacle.clause && <ClauseCited clause={obstacle.clause} service={service} />}
    </>
  )
  if (!isOnlyOne) return <Alert type="warning" showIcon title={say(title)} description={why} />
  return (
    <Result
      status="warning"
      title={`${say(words.blocked)}: ${say(title)}`}
      subTitle={why}
      extra={<Link to="/">{say(words.toTasks)}</Link>}
    />
  )
}

function WhoseTurn({ view }: { view: CaseView }) {
  const { say } = useSpeech()
  const roleTitle = useRoleTitles()
  const { tell } = useTeller(view.file.service)
  const { task, waitsFor, final } = view.status
  if (final) return <span>{say(words.closed)}</span>
  if (task) {
    return (
      <Alert
        type="info"
        title={say(words.onDesk, { role: roleTitle(task.role) })}
        description={`${tell('not_your_step')} ${tell('not_your_step.advice')}`}
      />
    )
  }
  const isPartner = waitsFor === 'partner'
  const text =
    waitsFor === 'applicant' || waitsFor === 'partner' || waitsFor === 'institution'
      ? words[`waits_${waitsFor}`]
      : words.waits
  return <Alert type="info" showIcon={isPartner} title={say(text)} />
}
