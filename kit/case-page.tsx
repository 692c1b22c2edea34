import { useQuery } from '@tanstack/react-query'
import type { CaseView } from './api-types.ts'
import { useBenefitOf, useBenefits } from './benefits.ts'
import { CaseAttachments } from './case-attachments.tsx'
import { CaseDeadlines, CaseReceipts, CaseTimeline } from './case-progress.tsx'
import { CaseSteps } from './case-steps.tsx'
import { DecisionPart } from './decision.tsx'
import { useSpeech } from './language.tsx'
import { Later } from './later.tsx'
import { liveOn } from './live-updates.tsx'
import { useApi } from './node-context.tsx'
import { PrintButton } from './print-button.tsx'
import { RegionName } from './regions.ts'
import { type BenefitParts, type CasePart, type CaseParts, useCasePart } from './service-page.ts'
import { Loaded, Loading } from './states.tsx'
import { defineWords } from './words.ts'

const words = defineWords({
  agency: { zh: '经办机构', en: 'Agency' },
  opened: { zh: '申请时间', en: 'Opened' },
  number: { zh: '办件编号', en: 'Case number' },
  yourTurn: { zh: '轮到您办理下一步。', en: 'The next step is yours.' },
  officeTurn: { zh: '经办机构正在办理，您不用做什么。', en: 'The office is working on it. You need not do anything.' },
  officeTurnUntil: {
    zh: '经办机构正在办理，最迟 {dueOn} 给您答复。您不用做什么。',
    en: 'The office is working on it and answers by {dueOn}. You need not do anything.',
  },
  officeTurnUsually: {
    zh: '经办机构正在办理，一般在提交后 {workingDays} 个工作日内办结（服务承诺，不是法定期限）。您不用做什么。',
    en: 'The office is working on it, usually for no more than {workingDays} working days from the application (what it aims at, no legal term). You need not do anything.',
  },
  partnerTurn: { zh: '正在等待另一地区或机构答复。', en: 'Waiting for an answer from another region or institution.' },
  closed: { zh: '已经办完。', en: 'This is finished.' },
  inForce: { zh: '目前不需要办理什么。', en: 'Nothing needs to be done at present.' },
})

/** A case by its id, as the reader sees it; read again whenever it changes. */
export function useCase<State = unknown>(caseId: string) {
  const api = useApi()
  return useQuery({
    queryKey: ['case', caseId],
    queryFn: () => api.get<CaseView<State>>(`/cases/${caseId}`),
    meta: liveOn('cases'),
  })
}

/** The page of a case for the person it is about: where it stands, what to do, the decision, what happened, papers. */
export function CasePage({ caseId, ...parts }: { caseId: string } & PartsOfCases) {
  const query = useCase(caseId)
  return (
    <Later place={caseId} meanwhile={<Loading />}>
      <Loaded query={query}>{(view) => <CaseContent view={view} {...parts} />}</Loaded>
    </Later>
  )
}

/** Where the part of a case's flow is found: with its service, or with the benefits. */
type PartsOfCases = { ofServices: CaseParts<CasePart>; ofBenefits: BenefitParts<CasePart> }

function CaseContent({ view, ofServices, ofBenefits }: { view: CaseView } & PartsOfCases) {
  const { say, moment } = useSpeech()
  const part = useCasePart(view.file.flow, ofServices, ofBenefits)
  const Facts = part?.Facts
  return (
    <article>
      <header className="kit-case-head">
        <h1>{say(view.title)}</h1>
        <p>
          <span className="kit-badge">{say(view.status.title)}</span>
          <span className="kit-quiet">
            {say(words.number)} <span className="kit-code">{view.file.number}</span>
          </span>
        </p>
        <p className="kit-paper-only">
          {say(words.agency)}: <RegionName code={view.file.agency} /> · {say(words.opened)}:{' '}
          {moment(view.file.openedAt)}
        </p>
        <p className="kit-turn">
          <WhoseTurn view={view} />
        </p>
        <PrintButton />
      </header>
      {Facts && <Facts view={view} />}
      <CaseSteps view={view} part={part} />
      <DecisionPart view={view} />
      <CaseDeadlines view={view} />
      <CaseReceipts view={view} />
      <CaseTimeline view={view} />
      <CaseAttachments caseId={view.file.id} mayAdd={view.status.final !== true} />
    </article>
  )
}

function WhoseTurn({ view }: { view: CaseView }) {
  const { say } = useSpeech()
  const { data: benefits } = useBenefits()
  const isBenefit = useBenefitOf(view.file.flow) !== undefined
  const { status, deadlines } = view
  if (status.final) return say(words.closed)
  if (status.waitsFor === 'applicant' || status.waitsFor === 'person') return <strong>{say(words.yourTurn)}</strong>
  if (status.waitsFor === 'partner') return say(words.partnerTurn)
  if (!status.task) return say(words.inForce)
  const running = deadlines.find(({ endedOn, stoppedOn }) => endedOn === null && stoppedOn === null)
  if (running) return say(words.officeTurnUntil, { dueOn: running.dueOn })
  const usual = isBenefit ? benefits?.usualTime : undefined
  return usual ? say(words.officeTurnUsually, { workingDays: usual.workingDays }) : say(words.officeTurn)
}
