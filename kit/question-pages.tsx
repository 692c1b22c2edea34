import { type FormEvent, type ReactNode, useState } from 'react'
import { AnswerInWords } from './answer-in-words.tsx'
import type { FormField } from './api-types.ts'
import { type Answers, answerToSend, askedFields, bodyOfAnswers, findProblem, lastDayOf } from './form-answers.ts'
import { FieldInput } from './form-renderer.tsx'
import { useSpeech } from './language.tsx'
import { type Teller, useTeller } from './messages.ts'
import { go, Link, usePlace, useTopOfPage } from './router.tsx'
import { commonWords, defineWords } from './words.ts'

const words = defineWords({
  progress: { zh: '第 {number} 题，共 {count} 题', en: 'Question {number} of {count}' },
  number: { zh: '第 {number} 题', en: 'Question {number}' },
  start: { zh: '开始填写', en: 'Begin' },
  check: { zh: '提交前请核对', en: 'Please check before you send' },
  change: { zh: '修改', en: 'Change' },
  ahead: {
    zh: '这一天还没有到，请填今天或以前的日期',
    en: 'This day has not come yet; please give today or an earlier day',
  },
  answerFirst: { zh: '请先回答这个问题', en: 'Please answer this question' },
})

type QuestionPagesProps = {
  fields: readonly FormField[]
  /** The service and flow in whose words the questions are asked. */
  service: string
  flow: string
  /** Business today: no date asked for lies after it, unless its question says that it may. */
  today: string
  /** What stands before the first question. */
  intro: ReactNode
  /** What stands below the answers at the end, with the body they make: what the rule says, and sending. */
  end: (body: Record<string, unknown>) => ReactNode
}

/**
 * A form as one question a page. The page shown stands in the address (`?page=2`), so that the back button goes back one question; nobody
 * gets past a question that is not answered.
 */
export function QuestionPages({ fields, service, flow, today, intro, end }: QuestionPagesProps) {
  const { path, query } = usePlace()
  const [answers, setAnswers] = useState<Answers>({})
  const asked = askedFields(fields, answers)
  const firstOpen = asked.findIndex((field) => findProblem(field, answers[field.name] ?? '', today) !== undefined)
  const furthest = firstOpen === -1 ? asked.length + 1 : firstOpen + 1
  const page = Math.min(Number(query.get('page') ?? 0) || 0, furthest)
  useTopOfPage(page)

  const teller = useTeller(service)
  const toPage = (number: number) => `${path}?page=${number}`
  const field = asked[page - 1]
  if (page === 0) return <Intro firstPage={toPage(1)}>{intro}</Intro>
  if (field) {
    return (
      <Question
        key={field.name}
        field={field}
        flow={flow}
        teller={teller}
        today={today}
        number={page}
        count={isCountKnown(fields, answers) ? asked.length : undefined}
        answer={answers[field.name] ?? ''}
        onAnswer={(answer) => setAnswers({ ...answers, [field.name]: answer })}
        before={page === 1 ? path : toPage(page - 1)}
        after={toPage(page + 1)}
      />
    )
  }
  return (
    <>
      <AnswerList fields={asked} flow={flow} teller={teller} answers={answers} toPage={toPage} />
      {end(bodyOfAnswers(fields, answers))}
    </>
  )
}

function isCountKnown(fields: readonly FormField[], answers: Answers): boolean {
  return fields.every(({ askedWhen }) => !askedWhen || (answers[askedWhen.field] ?? '') !== '')
}

function Intro({ firstPage, children }: { firstPage: string; children: ReactNode }) {
  const { say } = useSpeech()
  return (
    <>
      {children}
      <div className="kit-actions">
        <Link to={firstPage} className="kit-button kit-button-primary">
          {say(words.start)}
        </Link>
      </div>
    </>
  )
}

type QuestionProps = {
  field: FormField
  flow: string
  teller: Teller
  today: string
  number: number
  /** How many are asked in all; undefined while that depends on an answer still to come. */
  count: number | undefined
  answer: string
  onAnswer: (answer: string) => void
  before: string
  after: string
}

function Question({ field, flow, teller, today, number, count, answer, onAnswer, before, after }: QuestionProps) {
  const { say } = useSpeech()
  const [isTold, setTold] = useState(false)
  const problem = findProblem(field, answer, today)
  const problemWords = { missing: words.answerFirst, ahead: words.ahead }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (problem === undefined) go(after)
    else setTold(true)
  }
  return (
    <form className="kit-question" onSubmit={submit} noValidate>
      <p className="kit-quiet">
        {count === undefined ? say(words.number, { number }) : say(words.progress, { number, count })}
      </p>
      {count !== undefined && <progress value={number} max={count} aria-hidden="true" />}
      <FieldInput
        field={field}
        flow={flow}
        teller={teller}
        value={answer}
        onChange={onAnswer}
        maxDate={lastDayOf(field, today)}
        problem={isTold && problem !== undefined ? say(problemWords[problem]) : undefined}
      />
      <div className="kit-actions">
        <button type="submit" className="kit-button kit-button-primary">
          {say(commonWords.next)}
        </button>
        <Link to={before} className="kit-button">
          {say(commonWords.back)}
        </Link>
      </div>
    </form>
  )
}

type AnswerListProps = {
  fields: readonly FormField[]
  flow: string
  teller: Teller
  answers: Answers
  toPage: (number: number) => string
}

function AnswerList({ fields, flow, teller, answers, toPage }: AnswerListProps) {
  const { say } = useSpeech()
  return (
    <section className="kit-section" aria-labelledby="check">
      <h2 id="check">{say(words.check)}</h2>
      <ul className="kit-plain-list">
        {fields.map((field, index) => (
          <li key={field.name} className="kit-answer">
            <span>
              <span className="kit-quiet">{teller.tell(`form.${flow}.${field.name}`)}</span>
              <br />
              <strong>
                <AnswerInWords field={field} teller={teller} answer={answerToSend(field, answers[field.name] ?? '')} />
              </strong>
            </span>
            <Link to={toPage(index + 1)} className="kit-button">
              {say(words.change)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
