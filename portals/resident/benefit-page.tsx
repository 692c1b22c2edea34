import {
  type AnswerOf,
  type BenefitOffer,
  commonWords,
  defineWords,
  findRuling,
  go,
  KnownFacts,
  Loaded,
  ProblemNote,
  QuestionPages,
  RulingPart,
  type StepTaken,
  useAction,
  useApi,
  useBenefitPreview,
  useBenefits,
  useKnown,
  useMyCases,
  useSignedIn,
  useSpeech,
  useTeller,
} from '../../kit/door.ts'
import { CaseList } from './case-list.tsx'
import { NotFoundPage } from './not-found-page.tsx'

const words = defineWords({
  known: { zh: '我们已经知道', en: 'What we know already' },
  knownHelp: {
    zh: '以下信息截至 {asOf}，不用您提供证明。哪里不对，请到窗口更正登记。',
    en: 'As of {asOf}; you need not prove any of it. If something is wrong, have the register corrected at a counter.',
  },
  knownNone: { zh: '登记簿里还没有与这件事有关的信息。', en: 'The registers hold nothing about this yet.' },
  asked: { zh: '还要问您 {count} 个问题，一页一个。', en: '{count} questions remain, one on each page.' },
  askedNone: { zh: '没有需要您填写的内容。', en: 'There is nothing for you to fill in.' },
  own: { zh: '您已有的申请', en: 'Your applications so far' },
  preview: { zh: '按规定，现在看结果是', en: 'What the rule says now' },
  amount: { zh: '预计金额', en: 'Expected amount' },
  previewNote: {
    zh: '这是预判。提交后由不同的工作人员受理、复核、审批，以他们的决定为准。',
    en: 'This is a preview. Different officers accept, review and approve; their decision counts.',
  },
  risk: { zh: '工作人员会特别核对', en: 'Officers will look closely at' },
  anyway: { zh: '我有不同情况，仍然提交', en: 'My case is different: send it anyway' },
  byEmployer: {
    zh: '这件事由用人单位申请，不需要您本人办理。',
    en: 'Employers apply for this; there is nothing for you to do.',
  },
})

type Known = AnswerOf<'POST /benefits/{flow}/known'>

/** Applying for a benefit: what is known already, one question a page for the rest, what the rule says, sending. */
export function BenefitPage({ params: { flow } }: { params: { flow: string } }) {
  return (
    <Loaded query={useBenefits()}>
      {({ items }) => {
        const offer = items.find((item) => item.flow === flow)
        return offer ? <Application offer={offer} /> : <NotFoundPage />
      }}
    </Loaded>
  )
}

function Application({ offer }: { offer: BenefitOffer }) {
  const { say } = useSpeech()
  return (
    <>
      <h1>{say(offer.title)}</h1>
      <p>{say(offer.summary)}</p>
      {offer.applicant === 'employer' ? (
        <p className="kit-note">{say(words.byEmployer)}</p>
      ) : (
        <Questions offer={offer} />
      )}
    </>
  )
}

function Questions({ offer: { flow, service } }: { offer: BenefitOffer }) {
  const { today } = useSignedIn()
  return (
    <Loaded query={useKnown(flow)}>
      {(known) => {
        const intro = <Intro flow={flow} known={known} />
        const end = (answers: Record<string, unknown>) => <Ending flow={flow} service={service} answers={answers} />
        if (known.fields.length > 0) {
          return <QuestionPages {...{ fields: known.fields, service, flow, today, intro, end }} />
        }
        return (
          <>
            {intro}
            {end({})}
          </>
        )
      }}
    </Loaded>
  )
}

function Intro({ flow, known: { facts, fields, asOf } }: { flow: string; known: Known }) {
  const { say } = useSpeech()
  const { data: cases = [] } = useMyCases()
  const own = cases.filter((row) => row.flow === flow)
  return (
    <>
      {own.length > 0 && (
        <section className="kit-section" aria-labelledby="own">
          <h2 id="own">{say(words.own)}</h2>
          <CaseList rows={own} />
        </section>
      )}
      <section className="kit-section" aria-labelledby="known">
        <h2 id="known">{say(words.known)}</h2>
        {facts.length === 0 ? (
          <p>{say(words.knownNone)}</p>
        ) : (
          <>
            <p className="kit-quiet">{say(words.knownHelp, { asOf })}</p>
            <KnownFacts facts={facts} />
          </>
        )}
      </section>
      <p>{fields.length === 0 ? say(words.askedNone) : say(words.asked, { count: fields.length })}</p>
    </>
  )
}

type EndingProps = { flow: string; service: string; answers: Record<string, unknown> }

/** What the rule says to these answers, what will be looked at closely, and sending them. */
function Ending({ flow, service, answers }: EndingProps) {
  const { say } = useSpeech()
  const preview = useBenefitPreview(flow, { answers })
  return (
    <section className="kit-section" aria-labelledby="preview">
      <h2 id="preview">{say(words.preview)}</h2>
      <Loaded query={preview}>
        {({ ruling: told, hits }) => {
          const ruling = findRuling(told)
          const { outcome, amountFen } = told.decision
          return (
            <>
              {outcome === 'granted' && amountFen !== undefined && <ExpectedAmount amountFen={amountFen} />}
              {ruling && <RulingPart ruling={ruling} service={service} />}
              <p className="kit-quiet">{say(words.previewNote)}</p>
              <Hits hits={hits} service={service} />
              <Sending flow={flow} answers={answers} isExpected={outcome === 'granted'} />
            </>
          )
        }}
      </Loaded>
    </section>
  )
}

function ExpectedAmount({ amountFen }: { amountFen: number }) {
  const { say, yuan } = useSpeech()
  return (
    <dl className="kit-sums">
      <div className="kit-sum-due">
        <dt>{say(words.amount)}</dt>
        <dd>{yuan(amountFen)}</dd>
      </div>
    </dl>
  )
}

function Hits({ hits, service }: { hits: AnswerOf<'POST /benefits/{flow}/preview'>['hits']; service: string }) {
  const { say } = useSpeech()
  const { tell } = useTeller(service)
  if (hits.length === 0) return null
  return (
    <div className="kit-note kit-note-warning">
      <p className="kit-note-title">{say(words.risk)}</p>
      <ul>
        {hits.map(({ rule, params }) => (
          <li key={rule}>{tell(`risk.${rule}`, params)}</li>
        ))}
      </ul>
    </div>
  )
}

function Sending({
  flow,
  answers,
  isExpected,
}: {
  flow: string
  answers: Record<string, unknown>
  isExpected: boolean
}) {
  const api = useApi()
  const { say } = useSpeech()
  const opening = { flow, step: 'apply', body: { answers } }
  const send = useAction((wish: typeof opening, key) => api.post<StepTaken>('/cases', wish, key), {
    onSuccess: ({ caseId }) => go(`/cases/${caseId}?sent`, { replace: true }),
  })
  return (
    <>
      {send.error && <ProblemNote error={send.error} />}
      <div className="kit-actions">
        <button
          type="button"
          className={isExpected ? 'kit-button kit-button-primary' : 'kit-button'}
          disabled={send.isPending}
          onClick={() => send.mutate(opening)}
        >
          {say(isExpected ? commonWords.submit : words.anyway)}
        </button>
      </div>
    </>
  )
}
