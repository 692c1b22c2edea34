import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAction } from './action.ts'
import { AnswerInWords } from './answer-in-words.tsx'
import type { Ruling } from './api-types.ts'
import { ChoiceField, TextField } from './fields.tsx'
import { answerIn } from './form-answers.ts'
import { useSpeech } from './language.tsx'
import { useTeller } from './messages.ts'
import { useApi } from './node-context.tsx'
import { QuestionPages } from './question-pages.tsx'
import { findReviewed, type ReviewOfPages, reviewWords, useReview } from './reviews.ts'
import { RulingPart } from './ruling.tsx'
import { findRuling } from './ruling-reading.ts'
import { SendApplication } from './send-application.tsx'
import type { CasePart, CasePartProps, ServicePage, StepFormProps } from './service-page.ts'
import { useSignedIn } from './session.ts'
import { Empty, Loaded, ProblemNote } from './states.tsx'
import { StepForm } from './step-forms.tsx'
import { commonWords, defineWords } from './words.ts'

const words = defineWords({
  lead: {
    zh: '登记簿已有的情况不再要求填写。提交后先受理和资格审查，再由随机抽取的专家匿名评审，结果公示。',
    en: 'What the registers know is not asked. Officers accept and check; experts drawn by lot judge without your name; the result is shown to the public.',
  },
  noRound: { zh: '现在没有接受申报的批次。', en: 'No round takes applications now.' },
  round: { zh: '申报哪个批次？', en: 'In which round?' },
  until: { zh: '{name}（{day} 截止）', en: '{name} (until {day})' },
  preview: { zh: '按规定，现在看结果是', en: 'What the rule says now' },
  public: { zh: '公示', en: 'Before the public' },
  publicSummary: {
    zh: '以下人员拟通过评审。公示期内可以实名提出异议，您的身份不会告诉对方。',
    en: 'These people are proposed to pass. You can object until the day named; who you are is not told to them.',
  },
  nobody: { zh: '现在没有公示中的结果。', en: 'Nobody is before the public now.' },
  object: { zh: '提出异议', en: 'Object' },
  grounds: { zh: '异议内容', en: 'What stands against it' },
  sent: { zh: '已收到，将进行核查。', en: 'Received; it will be looked into.' },
  mine: { zh: '我提出的异议', en: 'What I said' },
  lookedInto: { zh: '正在核查', en: 'being looked into' },
  unfounded: { zh: '经核查不属实', en: 'not confirmed' },
  founded: { zh: '经核查属实', en: 'confirmed' },
  statement: { zh: '您的陈述和申辩', en: 'Your answer' },
})

/** A resident's page that applies in a round, one question at a time. */
export function reviewApplyPage(review: ReviewOfPages, page: Omit<ServicePage, 'Component'>): ServicePage {
  return { ...page, Component: () => <ApplyPage review={review} /> }
}

function ApplyPage({ review }: { review: ReviewOfPages }) {
  const { say, day } = useSpeech()
  const { today } = useSignedIn()
  const terms = useReview(review)
  const [chosen, setChosen] = useState('')
  return (
    <>
      <h1>{say(review.title)}</h1>
      <Loaded query={terms}>
        {({ rounds, fields }) => {
          const [first] = rounds
          if (!first) return <p className="kit-note kit-note-warning">{say(words.noRound)}</p>
          const roundId = chosen || first.roundId
          const options = rounds.map(({ roundId: value, name, closesOn }) => ({
            value,
            label: say(words.until, { name, day: day(closesOn) }),
          }))
          return (
            <QuestionPages
              fields={fields}
              service={review.service}
              flow={review.flow}
              today={today}
              intro={
                <>
                  <p>{say(words.lead)}</p>
                  <ChoiceField label={say(words.round)} value={roundId} onChange={setChosen} options={options} />
                </>
              }
              end={(answers) => <Ending review={review} body={{ roundId, answers }} />}
            />
          )
        }}
      </Loaded>
    </>
  )
}

type Application = { roundId: string; answers: Record<string, unknown> }

function Ending({ review: { service, flow }, body }: { review: ReviewOfPages; body: Application }) {
  const api = useApi()
  const { say } = useSpeech()
  const { answers } = body
  const opening = { flow, step: 'apply', body }
  const preview = useQuery({
    queryKey: ['review preview', service, answers],
    queryFn: () => api.post<{ ruling: unknown }>(`/services/${service}/review/preview`, { answers }),
    retry: false,
  })
  return (
    <section className="kit-section" aria-labelledby="preview">
      <h2 id="preview">{say(words.preview)}</h2>
      <Loaded query={preview}>
        {({ ruling: found }) => {
          const ruling = findRuling(found)
          return (
            <>
              {ruling?.outcome === 'granted' && <ToldFacts told={resultsOf(ruling)} service={service} />}
              {ruling && <RulingPart ruling={ruling} service={service} />}
              <SendApplication opening={opening} isGranted={ruling?.outcome === 'granted'} />
            </>
          )
        }}
      </Loaded>
    </section>
  )
}

/** What a ruling that grants says of the title: its group, what it is, where it is used. */
function resultsOf({ results = {} }: Ruling): Told {
  return Object.fromEntries(Object.entries(results).map(([name, { value }]) => [name, value]))
}

/** What a rule says of a title, with the words of the service. */
function ToldFacts({ told, service }: { told: Told; service: string }) {
  const inWords = useToldInWords(service)
  return (
    <dl className="kit-facts">
      {inWords(told).map(({ label, value }) => (
        <div key={label} className="kit-fact">
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What is told of a title, by the names that the rule gives. */
type Told = Readonly<Record<string, string | number | boolean>>

type PublicLine = {
  lineId: string
  nameMasked: string
  unitName: string | null
  group: string
  told: Told
  until: string
}

/** A resident's page of what is before the public, where anybody who is signed in can object. */
export function publicityPage(review: ReviewOfPages, page: Omit<ServicePage, 'Component'>): ServicePage {
  return { ...page, Component: () => <PublicityPage review={review} /> }
}

function PublicityPage({ review }: { review: ReviewOfPages }) {
  const { say } = useSpeech()
  const api = useApi()
  const lines = useQuery({
    queryKey: ['publicity', review.service],
    queryFn: () => api.get<{ items: PublicLine[] }>(`/services/${review.service}/review/publicity`),
  })
  return (
    <>
      <h1>
        {say(review.title)} · {say(words.public)}
      </h1>
      <p>{say(words.publicSummary)}</p>
      <Loaded query={lines}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{say(words.nobody)}</Empty>
          ) : (
            items.map((line) => <PublicLinePart key={line.lineId} line={line} service={review.service} />)
          )
        }
      </Loaded>
      <OwnChallenges service={review.service} />
    </>
  )
}

type OwnChallenge = { raisedAt: string; outcome: 'unfounded' | 'founded' | null }

function OwnChallenges({ service }: { service: string }) {
  const { say, moment } = useSpeech()
  const api = useApi()
  const { data } = useQuery({
    queryKey: ['own challenges', service],
    queryFn: () => api.get<{ items: OwnChallenge[] }>(`/services/${service}/review/challenges`),
  })
  if (!data || data.items.length === 0) return null
  return (
    <section className="kit-section">
      <h2>{say(words.mine)}</h2>
      <dl className="kit-facts">
        {data.items.map(({ raisedAt, outcome }) => (
          <div key={raisedAt} className="kit-fact">
            <dt>{moment(raisedAt)}</dt>
            <dd>{say(words[outcome ?? 'lookedInto'])}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function PublicLinePart({ line, service }: { line: PublicLine; service: string }) {
  const { say, day } = useSpeech()
  const api = useApi()
  const [isOpen, setOpen] = useState(false)
  const [grounds, setGrounds] = useState('')
  const object = useAction((said: string, key) =>
    api.post(`/services/${service}/review/challenges`, { lineId: line.lineId, grounds: said }, key),
  )
  return (
    <section className="kit-section">
      <h2>{line.nameMasked}</h2>
      {line.unitName !== null && <p>{line.unitName}</p>}
      <ToldFacts told={{ group: line.group, ...line.told }} service={service} />
      <p className="kit-quiet">
        {say(reviewWords.publicUntil)} {day(line.until)}
      </p>
      {object.error && <ProblemNote error={object.error} />}
      {object.isSuccess ? (
        <p role="status">{say(words.sent)}</p>
      ) : isOpen ? (
        <StepForm isTaking={object.isPending || grounds.trim() === ''} onSubmit={() => object.mutate(grounds)}>
          <TextField label={say(words.grounds)} rows={4} required value={grounds} onChange={setGrounds} />
        </StepForm>
      ) : (
        <button type="button" className="kit-button" onClick={() => setOpen(true)}>
          {say(words.object)}
        </button>
      )}
    </section>
  )
}

/** What an applicant sees of a review on its case page, and the answer to a proposed withdrawal. */
export function reviewedCase(review: ReviewOfPages): CasePart {
  return {
    flow: review.flow,
    Facts: ({ view }) => <ReviewedFacts view={view} review={review} />,
    stepForms: { answerDoubt: AnswerDoubtForm },
  }
}

function AnswerDoubtForm({ take, isTaking }: StepFormProps) {
  const { say } = useSpeech()
  const [statement, setStatement] = useState('')
  return (
    <StepForm isTaking={isTaking} onSubmit={() => take({ statement })}>
      <TextField label={say(words.statement)} rows={5} required value={statement} onChange={setStatement} />
    </StepForm>
  )
}

function ReviewedFacts({ view, review }: CasePartProps & { review: ReviewOfPages }) {
  const { say } = useSpeech()
  const teller = useTeller(review.service)
  const terms = useReview(review)
  const known = useReviewedInWords(view.file.state, review)
  const state = findReviewed(view.file.state)
  if (!state) return null
  return (
    <section className="kit-section" aria-labelledby="answers">
      <h2 id="answers">{say(reviewWords.answers)}</h2>
      <dl className="kit-facts">
        {terms.data?.fields.map((field) => (
          <div key={field.name} className="kit-fact">
            <dt>{teller.tell(`form.${review.flow}.${field.name}`)}</dt>
            <dd>
              <AnswerInWords field={field} teller={teller} answer={answerIn(state.answers, field.name)} />
            </dd>
          </div>
        ))}
        {known.map(({ label, value }) => (
          <div key={label} className="kit-fact">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** What became of a reviewed application: label and value, in the reader's language. */
export function useReviewedInWords(
  value: unknown,
  { service }: ReviewOfPages,
): Array<{ label: string; value: string }> {
  const { say, day } = useSpeech()
  const { tell } = useTeller(service)
  const inWords = useToldInWords(service)
  const state = findReviewed(value)
  if (!state) return []
  const { expected, found, result, publicUntilOn, challenges, title } = state
  const { group, reason } = found ?? expected ?? { group: null, reason: null }
  const facts: Array<[keyof typeof reviewWords, string | null]> = [
    ['group', group && tell(`choices.${group}`)],
    ['reason', reason && tell(`reasons.${reason}`)],
    ['result', result && say(result.passed ? reviewWords.passed : reviewWords.notPassed)],
    ['publicUntil', publicUntilOn && day(publicUntilOn)],
    ['challenge', challenges.map(({ grounds }) => grounds).join('；') || null],
    ['number', title?.number ?? null],
    ['since', title && day(title.from)],
  ]
  return [
    ...facts.flatMap(([name, told]) => (told ? [{ label: say(reviewWords[name]), value: told }] : [])),
    ...inWords(title?.told ?? {}),
  ]
}

/** What a rule says of a title, as label and value in the reader's language; nothing before the service's words are there. */
function useToldInWords(service: string) {
  const { say } = useSpeech()
  const { tell, find } = useTeller(service)
  const inWords = (value: Told[string]) =>
    typeof value === 'boolean'
      ? say(value ? commonWords.yes : commonWords.no)
      : (find(`choices.${value}`) ?? String(value))
  return (told: Told) =>
    Object.entries(told).flatMap(([name, value]) => {
      const label = find(`results.${name}`) ?? tell(`facts.${name}`)
      return label === '' ? [] : [{ label, value: inWords(value) }]
    })
}
