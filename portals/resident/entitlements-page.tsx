import { type FormEvent, useEffect, useState } from 'react'
import {
  type AnswerOf,
  bodyOfAnswers,
  commonWords,
  defineWords,
  FieldInput,
  findInTab,
  go,
  isAnswered,
  keepInTab,
  Link,
  Loaded,
  ProblemNote,
  useAction,
  useApi,
  usePlace,
  useSignedIn,
  useSpeech,
  useTeller,
  useTopOfPage,
} from '../../kit/door.ts'
import { EntitlementList, GrantedSoFar } from './entitlement-list.tsx'
import {
  type Entitlement,
  findStages,
  keyOf,
  mergedItems,
  nextQuestion,
  type SharedQuestion,
  type Stage,
  useEntitlements,
  withAnswer,
} from './entitlements.ts'

const words = defineWords({
  title: { zh: '我能享受什么', en: 'What can I get?' },
  intro: {
    zh: '我们先看登记簿里已有的信息，只问还不知道、又会影响结果的。可以随时停下来看结果。',
    en: 'We look at what the registers hold and ask only what they do not and what still matters. You can stop and see the result at any time.',
  },
  number: { zh: '第 {number} 题', en: 'Question {number}' },
  matters: { zh: '这个问题关系到：{titles}', en: 'This matters for: {titles}' },
  and: { zh: '、', en: ', ' },
  skip: { zh: '不清楚，先跳过', en: 'I don’t know: skip' },
  resultNow: { zh: '直接看结果', en: 'Show the result now' },
  result: { zh: '结果', en: 'Result' },
  again: { zh: '重新回答', en: 'Answer again' },
  answerFirst: { zh: '请先回答这个问题，或者跳过', en: 'Please answer this question, or skip it' },
})

const here = '/entitlements'

/** What a person can get, over all benefits: a few questions, one a page, and what is certain already. */
export function EntitlementsPage() {
  const { say } = useSpeech()
  return (
    <>
      <h1>{say(words.title)}</h1>
      <Loaded query={useEntitlements()}>{(items) => <Interview first={items} />}</Loaded>
    </>
  )
}

/** The page stands in the address, so that the back button goes back one question. */
function Interview({ first }: { first: readonly Entitlement[] }) {
  const { query } = usePlace()
  const me = useSignedIn()
  const place = `interview:${me.region}:${me.person?.personId}:${me.today}`
  const [stages, setStages] = useState<readonly Stage[]>(() => [
    { items: first, answers: {}, skipped: [] },
    ...findStages(findInTab(place), first),
  ])
  useEffect(() => keepInTab(place, stages.slice(1)), [place, stages])
  const page = Math.min(Number(query.get('page') ?? 0) || 0, stages.length - 1)
  useTopOfPage(page)
  const stage = stages[page]
  if (stage === undefined) return null
  const question = query.has('result') ? undefined : nextQuestion(stage)
  if (question === undefined) return <Result stage={stage} />
  const goOn = (next: Stage) => {
    setStages([...stages.slice(0, page + 1), next])
    go(`${here}?page=${page + 1}`)
  }
  return <Question key={keyOf(question.field)} {...{ question, stage, page, goOn }} />
}

type QuestionProps = { question: SharedQuestion; stage: Stage; page: number; goOn: (next: Stage) => void }

function Question({ question, stage, page, goOn }: QuestionProps) {
  const { say } = useSpeech()
  const { today } = useSignedIn()
  const [answer, setAnswer] = useState('')
  const [isMissing, setMissing] = useState(false)
  const [asker] = question.asking
  const teller = useTeller(asker?.service ?? '')
  const read = useReading(stage, goOn)
  const { field } = question
  const isGiven = answer !== '' && isAnswered(field, answer)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(!isGiven)
    if (isGiven) {
      const answers = withAnswer(stage.answers, question, (asked) => bodyOfAnswers([asked], { [asked.name]: answer }))
      read.mutate({ answers, flows: question.asking.map(({ flow }) => flow) })
    }
  }
  return (
    <form className="kit-question" onSubmit={submit} noValidate>
      {page === 0 && <p>{say(words.intro)}</p>}
      <p className="kit-quiet">{say(words.number, { number: page + 1 })}</p>
      <FieldInput
        field={{ ...field, required: true }}
        flow={asker?.flow ?? ''}
        teller={teller}
        value={answer}
        onChange={setAnswer}
        maxDate={today}
        problem={isMissing && !isGiven ? say(words.answerFirst) : undefined}
      />
      <p className="kit-quiet">
        {say(words.matters, { titles: question.asking.map(({ title }) => say(title)).join(say(words.and)) })}
      </p>
      {read.error && <ProblemNote error={read.error} />}
      <div className="kit-actions">
        <button type="submit" className="kit-button kit-button-primary" disabled={read.isPending}>
          {say(commonWords.next)}
        </button>
        <button
          type="button"
          className="kit-button"
          onClick={() => goOn({ ...stage, skipped: [...stage.skipped, keyOf(field)] })}
        >
          {say(words.skip)}
        </button>
        <Link to={`${here}?page=${page}&result`} className="kit-button">
          {say(words.resultNow)}
        </Link>
      </div>
      <GrantedSoFar items={stage.items} />
    </form>
  )
}

/** Reads again only what waits for the answer. */
function useReading(stage: Stage, goOn: (next: Stage) => void) {
  const api = useApi()
  type Wish = { answers: Stage['answers']; flows: string[] }
  return useAction((wish: Wish, key) => api.post<AnswerOf<'POST /entitlements'>>('/entitlements', wish, key), {
    onSuccess: ({ items }, { answers }) => goOn({ ...stage, answers, items: mergedItems(stage.items, items) }),
  })
}

function Result({ stage }: { stage: Stage }) {
  const { say } = useSpeech()
  return (
    <section aria-labelledby="result">
      <h2 id="result">{say(words.result)}</h2>
      <EntitlementList items={stage.items} />
      {Object.keys(stage.answers).length + stage.skipped.length > 0 && (
        <div className="kit-actions">
          <Link to={here} className="kit-button">
            {say(words.again)}
          </Link>
        </div>
      )}
    </section>
  )
}
